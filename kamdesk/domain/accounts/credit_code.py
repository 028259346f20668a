"""The unified social credit code of Chinese organisations: its check character (GB 32100-2015)."""

_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))


def credit_code_is_right(code: str) -> bool:
    """Return True when the 18th character fits the first 17.

    GB 32100-2015, 4.5: C18 = 31 - (sum of C_i * 3^(i-1) mod 31), written in 31 signs that leave
    out I, O, S, V and Z. A wrong code warns and is kept; units abroad have none.
    """
    plain = code.strip().upper()
    if len(plain) != 18 or any(sign not in _SIGNS for sign in plain):
        return False
    total = sum(
        _SIGNS.index(sign) * weight for sign, weight in zip(plain[:17], _WEIGHTS, strict=True)
    )
    return _SIGNS[-total % 31] == plain[17]
