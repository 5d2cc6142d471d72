"""A directory in memory, with names that have cases, namesakes and departments of several words."""

from __future__ import annotations

from collections.abc import Sequence

from estafeta.tickets.quick_line.pieces import Known, NameKind

PEOPLE = (
    "Иванов Пётр Сергеевич=ivanov", "Иванова Анна=anna.i", "Сидоров Игорь=sidorov",
    "Кузнецов Павел=kuznetsov", "Соколовский Юрий=sokol", "Белая Мария=belaya",
    "Шевченко Тарас=shevchenko", "Коваль Олена=koval", "Мельник Сергій=melnyk",
    "Бондаренко Ганна=bondarenko", "Кравець Богдан=kravets", "Smith John=jsmith",
    "Brown Emma=ebrown", "Taylor Kate=ktaylor", "Miller Adam=amiller", "Miller Grace=gmiller",
    "O'Neil Sean=oneil",
)  # fmt: skip
CLIENTS = (
    "Петрова Ольга=petrova", "Петров Олег=petrov", "Ткаченко Наталія=tkachenko",
    "Лысенко Вера=", "Зеленський Андрій=", "Wilson Laura=lwilson", "Clark Peter=pclark",
)  # fmt: skip
DEPARTMENTS = ("ИТ", "Бухгалтерия", "Отдел закупок", "Відділ кадрів", "Охорона", "Accounting",
               "Facility Management", "Support")  # fmt: skip
TOPICS = ("Принтеры", "Замена картриджа", "Доступ", "Мережа", "Заміна картриджа", "Hardware",
          "New employee", "Wi-Fi")  # fmt: skip


def _people(rows: Sequence[str], start: int) -> list[Known]:
    found = []
    for number, row in enumerate(rows, start):
        name, _equals, login = row.partition("=")
        found.append(Known(NameKind.PERSON, number, name, login))
    return found


class Memory:
    """A writer called Я Сам."""

    def __init__(self, *, is_staff: bool = True) -> None:
        self.is_staff = is_staff
        self._agents = _people(PEOPLE, 1)
        self._everybody = [*self._agents, *_people(CLIENTS, 101)]
        self._departments = [
            Known(NameKind.DEPARTMENT, n, name) for n, name in enumerate(DEPARTMENTS, 1)
        ]
        self._topics = [Known(NameKind.TOPIC, n, name) for n, name in enumerate(TOPICS, 1)]

    def me(self) -> Known:
        return Known(NameKind.PERSON, 99, "Я Сам", "me.self")

    def performers(self, word: str) -> Sequence[Known]:
        return self._agents

    def requesters(self, word: str) -> Sequence[Known]:
        return self._everybody

    def departments(self) -> Sequence[Known]:
        return self._departments

    def topics(self) -> Sequence[Known]:
        return self._topics
