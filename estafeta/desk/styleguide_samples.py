"""Sample people and tickets of the styleguide; nothing here is read from the database."""

from datetime import datetime, timedelta
from types import SimpleNamespace as Sample

from django.utils import timezone

from estafeta.lib.text import short_name

_NAMES = (
    "Мария Коваль", "Оксана Приходько", "Илья Петров", "Тарас Сидоренко", "Светлана Олейник",
    "Виктор Данко", "Анна-Мария Константинопольская-Преображенская", "Олег Гриценко",
    "Hugo Lindqvist", "Ірина Ґалаґанівна", "Ян", "Борис Ф. Лихтенштейнер",
)  # fmt: skip


def _person(hue: int, name: str) -> Sample:
    initials = "".join(word[0] for word in name.split()[:2]).upper()
    return Sample(
        name=name, short_name=short_name(name), initials=initials, hue=hue, photo_url=""
    )  # fmt: skip


PEOPLE = [_person(hue, name) for hue, name in enumerate(_NAMES)]


def now() -> datetime:
    """The moment from which the samples count back."""
    return timezone.now()


def _part(
    person: Sample | None, minutes: int, time: str, reason: str = "", growing: bool = False
) -> Sample:
    return Sample(person=person, seconds=minutes * 60, time=time, reason=reason, growing=growing)


def relay() -> list[Sample]:
    """A ticket that three people held after it had lain free."""
    return [
        _part(None, 13, "13 мин"),
        _part(PEOPLE[0], 70, "1 ч 10 мин", "По железу — к тебе"),
        _part(PEOPLE[1], 25, "25 мин", "Похоже на диск, посмотри SMART"),
        _part(PEOPLE[2], 125, "2 ч 05 мин", growing=True),
    ]


def _action(verb: str, label: str, dialog: bool = False, confirm: str = "") -> Sample:
    return Sample(verb=verb, label=label, url="#", dialog=dialog, confirm=confirm)


def actions() -> list[Sample]:
    """The verbs of a ticket in progress, the primary one first."""
    return [
        _action("complete", "Выполнить"), _action("hand_over", "Передать", dialog=True),
        _action("release", "Освободить"), _action("wait", "Ждать…", dialog=True),
        _action("propose_deadline", "Предложить срок", dialog=True),
        _action("cancel", "Отменить заявку", confirm="Заявка будет отменена, заявитель узнает."),
    ]  # fmt: skip


def _row(number: int, title: str, meta: str, status: tuple[str, str], **more: object) -> Sample:
    fields: dict[str, object] = {
        "number": number, "url": f"#{number}", "title": title, "meta": meta, "unread": False,
        "person": None, "more": 0, "relay": [], "status": status[0], "status_label": status[1],
        "priority": 2, "priority_label": "Обычный", "deadline": None, "actions": [],
        "changed": now() - timedelta(minutes=(2420 - number) ** 2 * 3),
    }  # fmt: skip
    return Sample(**(fields | more))


def _deadline(text: str, tone: str = "ok", hours: int = 24) -> Sample:
    return Sample(text=text, tone=tone, at=now() + timedelta(hours=hours))


def rows() -> list[Sample]:
    """A list with each status, tone and length."""
    working, take = ("in_progress", "В работе"), [_action("take", "Взять в работу")]
    return [
        _row(2417, "Сервер 1С не отвечает с утра", "Бухгалтерия · Светлана Олейник · каб. 214",
             working, unread=True, person=PEOPLE[2], relay=relay(), priority=4,
             priority_label="Срочный", deadline=_deadline("Просрочена на 2 ч", "late", -2),
             actions=actions()[:3]),
        _row(2416, "Заменить картридж в приёмной директора", "Приёмная · Анна Шевченко",
             ("new", "Новая"), unread=True, relay=[_part(None, 11, "11 мин", growing=True)],
             deadline=_deadline("Сегодня 15:00", "soon", 3), actions=take),
        _row(2414, "Подготовить рабочее место для нового сотрудника отдела снабжения и "
             "материально-технического обеспечения", "Кадры · Виктор Мельниченко", working,
             unread=True, person=PEOPLE[0], more=1, priority=3, priority_label="Высокий",
             relay=[_part(None, 20, "20 мин"), _part(PEOPLE[0], 200, "3 ч 20 мин", "", True)],
             deadline=_deadline("Пт, 27 ноя")),
        _row(2409, "Не печатает принтер на складе готовой продукции", "Склад № 2 · Олег Гриценко",
             ("review", "На приёмке"), person=PEOPLE[2], deadline=_deadline("Завтра"),
             relay=[_part(PEOPLE[1], 30, "30 мин"), _part(PEOPLE[2], 45, "45 мин")]),
        _row(2402, "Доступ к папке «Договоры 2026» для юристов", "Юротдел · Ирина Бондарь",
             ("waiting", "Ждёт ответа"), person=PEOPLE[3], deadline=_deadline("Пн, 30 ноя"),
             relay=[_part(PEOPLE[3], 300, "5 ч", "", True)]),
        _row(2398, "Высокопревосходительствующее электрооборудование: "
             "рентгеноэлектрокардиографический аппарат", "Регламент · каждый понедельник",
             ("done", "Выполнена"), person=PEOPLE[6], deadline=_deadline("В срок", "met"),
             relay=[_part(PEOPLE[6], 90, "1 ч 30 мин")]),
        _row(2391, "Переезд АТС на новую стойку", "Связь · Мария Коваль", ("cancelled", "Отменена"),
             person=PEOPLE[0], priority=1, priority_label="Низкий",
             relay=[_part(PEOPLE[3], 30, "30 мин"), _part(PEOPLE[2], 40, "40 мин"),
                    _part(PEOPLE[0], 45, "45 мин")]),
        _row(2390, "Настроить почту", "Кадры · Ян", ("archived", "В архиве"), person=PEOPLE[10],
             relay=[_part(PEOPLE[10], 30, "30 мин")]),
    ]  # fmt: skip


def _link(label: str, icon: str, count: int | None = None, **more: object) -> dict[str, object]:
    return {"label": label, "url": "#", "icon": icon, "count": count, "current": False} | more


def shell(page: str, pages: tuple[str, ...]) -> dict[str, object]:
    """The shell of the signed-in pages; its first section walks through the styleguide."""
    guide = [_link(name, "book", url=f"/styleguide/{name}", current=name == page) for name in pages]
    inbox = _link("Входящие", "inbox", 18, current=page == "list", key="i")
    departments = [
        _link("ИТ-отдел", "building", 11, hot=True), _link("Связь и сеть", "", 4, deep=True),
        _link("Отдел материально-технического снабжения", "building", 2),
    ]  # fmt: skip
    return {
        "person": PEOPLE[1], "unread": 4, "home_url": "#", "search_url": "#", "new_url": "#",
        "bell_url": "#", "profile_url": "#", "sign_out_url": "#",
        "nav": [
            {"title": "", "items": [
                _link("Рабочий стол", "layout-dashboard"), inbox, _link("Отправленные", "send", 7),
                _link("Наблюдаю", "eye", 3), _link("Архив", "archive")]},
            {"title": "Отделы", "items": departments},
            {"title": "Виды", "items": [_link("Срочные без исполнителя", "flame", 2, hot=True)]},
            {"title": "Styleguide", "items": guide},
        ],
        "bottom": [
            inbox | {"count": 0}, _link("Мои", "circle-check"), _link("Новая", "plus"),
            _link("События", "bell", 4), _link("Ещё", "menu-2", url=""),
        ],
    }  # fmt: skip
