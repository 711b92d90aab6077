"""check.py calendar: reads iCalendar from standard input by python3-icalendar and prints its events as JSON, times in UTC.
check.py schema FILE: checks JSON from standard input against a schema by python3-jsonschema and prints what is wrong, a line each."""
import datetime
import json
import sys

if sys.argv[1] == "calendar":
    import icalendar

    calendar = icalendar.Calendar.from_ical(sys.stdin.buffer.read())
    events = []
    for event in calendar.walk("VEVENT"):
        start, end = (event.decoded(name).astimezone(datetime.timezone.utc).isoformat() for name in ("DTSTART", "DTEND"))
        events.append({"uid": str(event["UID"]), "sequence": int(event["SEQUENCE"]), "start": start, "end": end, "summary": str(event["SUMMARY"]), "zone": event["DTSTART"].params["TZID"]})
    # The zone as the file itself tells it, not as the reader's own database does.
    zones = {str(z["TZID"]): [z.to_tz().utcoffset(e.decoded("DTSTART").replace(tzinfo=None)).total_seconds() for e in calendar.walk("VEVENT")] for z in calendar.walk("VTIMEZONE")}
    json.dump({"events": events, "zones": zones, "errors": [str(e) for c in calendar.walk() for e in c.errors]}, sys.stdout)
else:
    import jsonschema

    with open(sys.argv[2], encoding="utf-8") as file:
        schema = json.load(file)
    jsonschema.Draft202012Validator.check_schema(schema)
    for error in jsonschema.Draft202012Validator(schema).iter_errors(json.load(sys.stdin.buffer)):
        print("/".join(map(str, error.absolute_path)) + ": " + error.message)
