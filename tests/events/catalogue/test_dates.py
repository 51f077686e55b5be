import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from events.catalogue import dates

MONDAY = dt.date(2018, 1, 22)
KUALA_LUMPUR = ZoneInfo("Asia/Kuala_Lumpur")
LAST_MINUTE = dt.datetime(2027, 3, 20, 15, 59, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    "language,expected",
    [
        ("en", "22–26 January 2018"),
        ("fr", "22–26 janvier 2018"),
        ("es", "22–26 de enero de 2018"),
        ("ar", "22–26 يناير 2018"),
        ("zh-hans", "2018年1月22日至26日"),
        ("ru", "22–26 января 2018\u202fг."),
    ],
)
def test_days_of_one_month(language, expected):
    assert dates.day_range(MONDAY, dt.date(2018, 1, 26), language) == expected


@pytest.mark.parametrize(
    "language,expected",
    [
        ("en", "30 January\u2009–\u20092 February 2018"),
        ("es", "30 de enero\u2009–\u20092 de febrero de 2018"),
        ("zh-hans", "2018年1月30日至2月2日"),
        ("ru", "30 января – 2 февраля 2018\u202fг."),
    ],
)
def test_days_of_two_months(language, expected):
    assert dates.day_range(dt.date(2018, 1, 30), dt.date(2018, 2, 2), language) == expected


def test_days_of_two_years():
    first, last = dt.date(2018, 12, 30), dt.date(2019, 1, 2)
    assert dates.day_range(first, last, "en") == "30 December 2018\u2009–\u20092 January 2019"


def test_one_day_is_no_range():
    assert dates.day_range(MONDAY, MONDAY, "en") == "22 January 2018"


@pytest.mark.parametrize(
    "language,expected",
    [("en", "Monday, 22 January 2018"), ("ar", "الاثنين، 22 يناير 2018"), ("zh-hans", "2018年1月22日星期一")],
)
def test_long_day(language, expected):
    assert dates.long_day(MONDAY, language) == expected


@pytest.mark.parametrize(
    "language,expected",
    [("en", "20 March 2027, 23:59"), ("ar", "20 مارس 2027، 23:59"), ("zh-hans", "2027年3月20日 23:59")],
)
def test_a_moment_is_told_in_the_events_zone(language, expected):
    assert dates.long_moment(LAST_MINUTE, KUALA_LUMPUR, language) == expected


@pytest.mark.parametrize(
    "zone,language,expected",
    [
        ("Asia/Kuala_Lumpur", "en", "Kuala Lumpur (UTC+08:00)"),
        ("Asia/Kuala_Lumpur", "ar", "كوالا لامبور (UTC+08:00)"),
        ("America/Argentina/Buenos_Aires", "en", "Buenos Aires (UTC-03:00)"),
        ("UTC", "ru", "UTC"),
    ],
)
def test_a_zone_has_its_city_and_offset(zone, language, expected):
    assert dates.zone_label(ZoneInfo(zone), LAST_MINUTE, language) == expected


def test_the_offset_is_that_of_the_moment():
    london = ZoneInfo("Europe/London")
    assert dates.zone_label(london, dt.datetime(2027, 1, 1, tzinfo=dt.UTC), "en") == "London (UTC+00:00)"
    assert dates.zone_label(london, dt.datetime(2027, 7, 1, tzinfo=dt.UTC), "en") == "London (UTC+01:00)"


@pytest.mark.parametrize(
    "language,month,day",
    [
        ("en", "Jan 2018", "Mon"),
        ("fr", "janv. 2018", "lun."),
        ("es", "ene 2018", "lun"),
        ("ar", "يناير 2018", "إثنين"),
        ("zh-hans", "2018年1月", "周一"),
        ("ru", "янв. 2018\u202fг.", "пн"),
    ],
)
def test_short_forms_for_narrow_places(language, month, day):
    assert dates.short_month_and_year(MONDAY, language) == month
    assert dates.short_weekday(MONDAY, language) == day
