"""What a browser calls itself (User-Agent), in the two words by which its person knows it."""

_BROWSERS = (("Edg", "Edge"), ("OPR/", "Opera"), ("coc_coc", "Cốc Cốc"), ("Firefox/", "Firefox"), ("FxiOS/", "Firefox"),
             ("CriOS/", "Chrome"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))  # fmt: skip
_SYSTEMS = (("Windows", "Windows"), ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"),
            ("Mac OS X", "macOS"), ("CrOS", "ChromeOS"), ("Linux", "Linux"))  # fmt: skip
_PHONES = ("Android", "iPhone")


def device(agent: str) -> str:
    """«Chrome · Windows»; what is not known is given as it is, short."""
    words = [next((name for mark, name in table if mark in agent), "") for table in (_BROWSERS, _SYSTEMS)]
    return " · ".join(filter(None, words)) or agent[:40] or "–"


def is_phone(agent: str) -> bool:
    """Whether it is held in the hand."""
    return any(mark in agent for mark in _PHONES)
