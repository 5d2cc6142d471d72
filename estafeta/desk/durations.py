"""How long something lasted, in words."""

from datetime import timedelta

from django.utils.translation import gettext as _

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def lasting(length: timedelta) -> str:
    """Two units at most: "2 d 5 h", "1 h 10 min", "25 min"."""
    minutes = int(length.total_seconds()) // 60
    days, hours, minutes = minutes // 1440, minutes // 60 % 24, minutes % 60
    if days and hours:
        return _("%(days)s d %(hours)s h") % {"days": days, "hours": hours}
    if days:
        return _("%(days)s d") % {"days": days}
    if hours and minutes:
        return _("%(hours)s h %(minutes)s min") % {"hours": hours, "minutes": f"{minutes:02}"}
    if hours:
        return _("%(hours)s h") % {"hours": hours}
    if minutes:
        return _("%(minutes)s min") % {"minutes": minutes}
    return _("less than a minute")


def about(length: timedelta) -> str:
    """The largest unit alone, where room is scarce: "2 d", "5 h", "25 min"."""
    unit = next((unit for unit in (DAY, HOUR) if length >= unit), timedelta(minutes=1))
    return lasting(length // unit * unit)
