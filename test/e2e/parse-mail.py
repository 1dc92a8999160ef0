"""Reads a mail from stdin with Python's own parser, and says as JSON what is in it."""

import csv
import io
import json
import sys
from email import policy
from email.parser import BytesParser

raw = sys.stdin.buffer.read()
mail = BytesParser(policy=policy.default).parsebytes(raw)
attachment = next(mail.iter_attachments())
sheet = attachment.get_content()
json.dump(
    {
        "headers": {name: str(value).strip() for name, value in mail.items()},
        "type": mail.get_content_type(),
        "alternatives": [part.get_content_type() for part in mail.get_body(("related", "html")).iter_parts()]
        if mail.get_body(("related",))
        else [part.get_content_type() for part in next(mail.iter_parts()).iter_parts()],
        "text": mail.get_body(("plain",)).get_content(),
        "html": mail.get_body(("html",)).get_content(),
        "htmlAsSent": len(mail.get_body(("html",)).get_payload()),
        "attachment": {"name": attachment.get_filename(), "type": attachment.get_content_type()},
        "rows": list(csv.DictReader(io.StringIO(sheet.removeprefix("\ufeff"), newline=""))),
        "defects": [repr(defect) for part in mail.walk() for defect in part.defects],
        "longestLine": max(len(line) for line in raw.splitlines()),
        "isAscii": raw.isascii(),
    },
    sys.stdout,
)
