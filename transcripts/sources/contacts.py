"""Takes e-mail addresses and telephone numbers out of what is kept of a council's records.

Home addresses lie in elements of their own, which are never read. What people type into free text
(a telephone number behind a name, a link to write to) is found by its form.
"""

from __future__ import annotations

import re

EMAIL = re.compile(r"(?:mailto:)?[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
# British numbers as people write them: ten or eleven digits after 0 or +44
PHONE = re.compile(r"(?<![\w/.£,-])\(?(?:\+44[\s(.-]*0?|0)(?:[\s().-]{0,2}\d){9,10}(?![\w/-])")
LEFT_OUT = "[contact details left out]"


def without_contacts(text: str) -> str:
    """The text with each e-mail address and telephone number replaced by words that say so."""
    return PHONE.sub(LEFT_OUT, EMAIL.sub(LEFT_OUT, text))
