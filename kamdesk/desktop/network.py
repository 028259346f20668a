"""The network of this machine: tells when it is another one, as far as the system says so."""

from collections.abc import Callable


def watch(changed: Callable[[], None]) -> bool:
    """Call a slot whenever the network comes or becomes another; False where nobody knows.

    ``changed`` is a method of a ``QObject`` and is called as long as that lives. Where the system
    says nothing, what failed is tried again by its own pace.
    """
    from PySide6.QtNetwork import QNetworkInformation

    if not QNetworkInformation.loadBackendByFeatures(QNetworkInformation.Feature.Reachability):
        return False
    network = QNetworkInformation.instance()
    if network is None:
        return False
    network.reachabilityChanged.connect(changed)
    return True
