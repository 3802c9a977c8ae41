"""Where a caller's number is at home, in words: MyOperator's `DL, IN` to `Delhi, India`."""

from __future__ import annotations

from typing import Final

from cti_desktop.providers import fields

# ISO 3166-2:IN, the codes that it replaced, and the telecom circles that are no states.
_INDIAN: Final = {
    "AN": "Andaman and Nicobar Islands",
    "AP": "Andhra Pradesh",
    "AR": "Arunachal Pradesh",
    "AS": "Assam",
    "BR": "Bihar",
    "CG": "Chhattisgarh",
    "CH": "Chandigarh",
    "CT": "Chhattisgarh",
    "DD": "Daman and Diu",
    "DH": "Dadra and Nagar Haveli and Daman and Diu",
    "DL": "Delhi",
    "DN": "Dadra and Nagar Haveli",
    "GA": "Goa",
    "GJ": "Gujarat",
    "HP": "Himachal Pradesh",
    "HR": "Haryana",
    "JH": "Jharkhand",
    "JK": "Jammu and Kashmir",
    "KA": "Karnataka",
    "KL": "Kerala",
    "KOL": "Kolkata",
    "LA": "Ladakh",
    "LD": "Lakshadweep",
    "MH": "Maharashtra",
    "ML": "Meghalaya",
    "MN": "Manipur",
    "MP": "Madhya Pradesh",
    "MUM": "Mumbai",
    "MZ": "Mizoram",
    "NE": "North East",
    "NL": "Nagaland",
    "OD": "Odisha",
    "OR": "Odisha",
    "PB": "Punjab",
    "PY": "Puducherry",
    "RJ": "Rajasthan",
    "SK": "Sikkim",
    "TG": "Telangana",
    "TN": "Tamil Nadu",
    "TR": "Tripura",
    "TS": "Telangana",
    "UK": "Uttarakhand",
    "UP": "Uttar Pradesh",
    "UPE": "Uttar Pradesh East",
    "UPW": "Uttar Pradesh West",
    "UT": "Uttarakhand",
    "WB": "West Bengal",
}


def region_of(location: object) -> str | None:
    """`DL, IN` as `Delhi, India`; a place that the table lacks stays as the provider wrote it."""
    place = fields.text(location, limit=80)
    if place is None:
        return None
    code, comma, country = (part.strip() for part in place.partition(","))
    if comma and country.upper() == "IN":
        return f"{_INDIAN.get(code.upper(), code)}, India" if code else "India"
    return "India" if place.upper() == "IN" else place
