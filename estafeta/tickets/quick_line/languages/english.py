"""English."""

from estafeta.tickets.quick_line.languages import Language

ENGLISH = Language(
    strong="by|until|till|before|due|due by|due on|deadline|no later than|not later than",
    weak="on|at|this coming",
    ahead="in|within|in the next|no later than in",
    ranges="from|between",
    end="end of|the end of|end",
    following="next",
    this="this",
    requester="for|from|on behalf of",
    requester_label="for|from|client|requester|caller",
    me="me|myself",
    days={0: "today", 1: "tomorrow|tmr|tmrw", 2: "day after tomorrow|the day after tomorrow"},
    weekdays={
        0: "mon|monday", 1: "tue|tues|tuesday", 2: "wed|wednesday", 3: "thu|thur|thurs|thursday",
        4: "fri|friday", 5: "sat|saturday", 6: "sun|sunday",
    },
    months={
        1: "january|jan", 2: "february|feb", 3: "march|mar", 4: "april|apr", 5: "may",
        6: "june|jun", 7: "july|jul", 8: "august|aug", 9: "september|sep|sept", 10: "october|oct",
        11: "november|nov", 12: "december|dec",
    },
    parts={
        "09:00": "morning|in the morning", "12:00": "noon|midday|lunch|lunchtime",
        "18:00": "evening|in the evening|tonight", "23:59": "midnight",
    },
    units={
        "minute": "minute|minutes|min|mins", "hour": "hour|hours|h|hr|hrs",
        "day": "day|days|d", "week": "week|weeks|wk", "month": "month|months",
        "half_hour": "half an hour|half hour|a half hour",
    },
    periods={"day": "day|the day|business day", "week": "week|the week", "month": "month|the month",
             "quarter": "quarter|the quarter", "year": "year|the year"},
    numbers={
        1: "a|an|one", 1.5: "one and a half", 2: "two|a couple of|couple of", 3: "three", 4: "four", 5: "five", 6: "six",
        7: "seven", 8: "eight", 9: "nine", 10: "ten", 15: "fifteen", 20: "twenty", 30: "thirty",
    },
    priorities={
        1: "low|not urgent|minor|later|whenever", 2: "normal|medium|usual",
        3: "high|important|major", 4: "urgent|urgently|very urgent|critical|asap|emergency|now",
    },
    hours="o'clock|oclock|h",
    before_noon="am|a.m", after_noon="pm|p.m",
    day_marks="st|nd|rd|th",
    fillers="the|of",
    ends={"day": "eod|cob", "week": "eow", "month": "eom", "quarter": "eoq", "year": "eoy"},
)  # fmt: skip
