"""Texts for what may be asked: area, span, case, words, agency."""

from django.utils.translation import gettext_lazy as _

TEXTS = {
    # The shape as it was sent
    "area_missing": _("Draw the area you ask about."),
    "area_not_a_polygon": _("This is not an area. Draw one shape with at least three corners."),
    "area_multipart": _("Draw one area, not several. A second place needs a second request."),
    "area_empty": _("The area has no corners. Draw it again."),
    "area_not_closed": _("The shape is not closed: its last position must repeat its first."),
    "area_has_holes": _("The area has a hole. Draw one shape without holes."),
    "area_too_few_corners": _("The area has %(corners)s different corners. It needs at least %(least)s."),
    "area_too_many_vertices": _("The area has %(vertices)s corners. Use at most %(most)s."),
    "area_position_not_a_pair": _("Corner %(point)s is not a latitude and a longitude."),
    "area_coordinate_not_finite": _("Corner %(point)s has a value that is not a number."),
    "area_coordinate_out_of_range": _(
        "Corner %(point)s is not on the map: latitude goes from -90 to 90, longitude from -180 to 180."
    ),
    "area_crosses_antimeridian": _("The area crosses the 180th meridian. Check the signs of the longitudes."),
    "area_far_too_wide": _(
        "The area spans %(degrees)s degrees. Check the corners; an area is a few streets."
    ),
    "area_flat": _("The corners lie on one line. Move one of them to the side."),
    "area_self_intersecting": _(
        "The outline crosses itself near %(lat)s, %(lon)s. Move a corner so that it does not."
    ),
    "area_not_simple": _(
        "The outline touches itself near %(lat)s, %(lon)s. Move a corner so that it does not."
    ),
    # What the rules allow
    "area_too_small": _(
        "The area is %(square_miles)s square miles. Draw at least %(least_square_miles)s, so that no single home is meant."
    ),
    "area_too_large": _("The area is %(square_miles)s square miles. Draw at most %(most_square_miles)s."),
    "area_too_narrow": _(
        "The area is too thin. A circle of %(least_m)s meters must fit inside; yours takes %(radius_m)s."
    ),
    "area_too_ragged": _("The outline is too jagged or long for its size. Draw a plainer shape."),
    "area_outside_jurisdiction": _(
        "Part of the area lies outside your jurisdiction. Keep it inside the dashed line."
    ),
    "jurisdiction_missing": _("Your agency has no jurisdiction on record. Ask the operator to enter it."),
    "jurisdiction_not_a_polygon": _("The jurisdiction must be a polygon or several."),
    "jurisdiction_not_simple": _("The jurisdiction’s outline crosses itself (%(explanation)s)."),
    "jurisdiction_out_of_range": _("The jurisdiction has a corner that is not on the map."),
    "jurisdiction_too_many_vertices": _("The jurisdiction has %(vertices)s corners. Use at most %(most)s."),
    "span_missing": _("Enter when it starts and when it ends."),
    "span_reversed": _("The end is not after the start. Swap the two, or move the end."),
    "span_too_short": _("This is %(minutes)s. Ask for at least %(least_minutes)s."),
    "span_too_long": _(
        "This is %(minutes)s. Ask for at most %(most_minutes)s: move the end to %(latest_end)s or earlier."
    ),
    "span_in_future": _("The span reaches into the future. Video can only be asked for what has happened."),
    "incident_too_old": _(
        "This is %(days)s days ago. At most %(most_days)s are allowed: the earliest start is %(earliest_start)s."
    ),
    "moment_without_zone": _("A time came without its zone. Enter it again."),
    "time_not_readable": _("Enter a date and a time, for example 03/10/2026, 9:00 pm."),
    "time_does_not_exist": _(
        "The clock was put forward and this time did not exist. Use %(before)s or %(after)s."
    ),
    "time_is_ambiguous": _(
        "The clock was put back and this time came twice. Say whether you mean the first or the second."
    ),
    "case_number_missing": _("Enter the case number."),
    "case_number_does_not_match": _("This is not a case number of your agency. It looks like %(example)s."),
    "case_limit_reached": _(
        "There have been %(most)s requests for this case or for the same place and time, under any case number. No "
        "more are possible: use what was shared for those, or ask about another place or time."
    ),
    "open_limit_reached": _(
        "Your agency has %(requests)s open requests. At most %(most)s may be open; wait until one closes."
    ),
    "month_limit_reached": _(
        "Your agency has sent %(requests)s requests in 30 days. At most %(most)s are allowed."
    ),
    "offense_missing": _("Choose the offense type."),
    "offense_not_on_list": _("Video may not be asked for this type of offense."),
    "offense_below_minimum": _("Here, video may only be asked for more serious offenses."),
    "custodians_missing": _(
        "Your agency has %(custodians)s evidence custodians with a key. It needs %(least)s before it can ask."
    ),
    "agency_not_active": _("Your agency is not active, so it cannot ask. Its own page says why."),
    "case_pattern_too_long": _("The pattern has %(characters)s characters. Use at most %(most)s."),
    "case_pattern_characters": _(
        "Write the pattern with letters, digits, hyphens and the marks # (a digit) and @ (a letter)."
    ),
    "case_pattern_too_loose": _(
        "The pattern has %(placeholders)s changing places. It needs at least %(least)s."
    ),
    # What an agency writes
    "text_missing": _("Write at least %(least)s characters."),
    "text_too_short": _("Too short: %(characters)s of at least %(least)s characters."),
    "text_too_long": _("This has %(characters)s characters. Use at most %(most)s."),
    "text_control_characters": _(
        "The text has characters that cannot be shown. Type it again instead of pasting it."
    ),
    "text_more_than_one_line": _("Write this in one line."),
    "text_direction_controls": _(
        "The text has hidden marks that turn the direction of writing. Remove them."
    ),
    "text_invisible_characters": _("The text has invisible characters. Type it again instead of pasting it."),
    "text_mail_address": _(
        "Leave out mail addresses. The platform shows your agency’s contact from the register."
    ),
    "text_link": _("Leave out links and web addresses. Say it in words."),
    "text_handle": _("Leave out account names."),
    "text_phone_number": _(
        "Leave out phone numbers. The platform shows your agency’s contact from the register."
    ),
}
