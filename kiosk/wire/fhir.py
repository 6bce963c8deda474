"""A visit as FHIR R4 transactions (https://hl7.org/fhir/R4/http.html#transaction), and their bytes for the outbox.

Every resource carries a key of ours in `meta.tag` and is created on the condition that nothing has that tag yet, so a
transaction can be sent again. A transaction holds at most eight entries, the most that strict servers take together
with conditions. The first one is whole by itself: it has the level and the note; those after it add single findings
and point to the first by conditional references. Nothing here says who somebody is: names are never made up.
"""

from __future__ import annotations

import hashlib
import json
import re
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import batched  # type: ignore[attr-defined]
from typing import Any
