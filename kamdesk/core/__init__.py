"""What every part of KamDesk stands on: ids, time, words, money, privacy; no disk, no Qt."""
