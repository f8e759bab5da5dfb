"""A made-up list of people in six list styles, with the truth: for measuring linkage where no real list may be shared.

usage: people.py RECORDS OUT.csv [--seed N]

One person stands in one to six lists, each in its own spelling: Russian in full (`ru_full`), Belarusian (`be`), English
from Belarusian (`en`), Lacinka (`lac`), Russian in Latin letters (`ru_lat`) and press or foreign spellings (`wd`). Lists
leave out fields, misprint names, slip in dates, swap words, and keep a maiden surname. Columns: unique_id, cluster (the
truth), name, given, patronymic, surname, dob, year, gender, city, lst, arrest. The tokens are common names and
constructed surnames: nobody is meant.
"""

from __future__ import annotations

import argparse
import csv
import random
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path

STYLES = ("ru_full", "be", "en", "lac", "ru_lat", "wd")
# Russian, Belarusian, and forms of the press or of other languages; the first names are the most frequent.
MALE = """
Александр Аляксандр Alexander Aleksander Alex|Сергей Сяргей Sergei Serhij Sergejs|Владимир Уладзімір Vladimir Uladzimir|
Евгений Яўген Eugene Evgeny Jewgeni|Николай Мікалай Nikolai Mikola|Игорь Ігар Igor Ihor|Григорий Рыгор Grigory Gregory|
Олег Алег Oleg Oleh|Юрий Юрый Yuri Jurij|Дмитрий Дзмітрый Dmitry Dimitri|Павел Павел Pavel Paul|Пётр Пётр Petr Peter|
Андрей Андрэй Andrei Andrew|Анатолий Анатоль Anatoly Anatol|Иван Іван Ivan|Кирилл Кірыл Kirill Cyril|
Василий Васіль Vasily Vasil|Михаил Міхаіл Mikhail Michael|Леонид Леанід Leonid|Фёдор Фёдар Fedor Theodor|
Николай Мікола Mikola Nikolay|Алексей Аляксей Alexei Alexey|Виталий Віталь Vitaly Vital|Виктор Віктар Viktor Victor|
Егор Ягор Egor Yegor|Валентин Валянцін Valentin|Степан Сцяпан Stepan Stephen|Никита Мікіта Nikita|Геннадий Генадзь Gennady|
Илья Ілья Ilya Elijah|Даниил Даніла Daniil Daniel|Артём Арцём Artem Artyom|Вячеслав Вячаслаў Vyacheslav|Роман Раман Roman|
Максим Максім Maxim Maksim|Руслан Руслан Ruslan|Станислав Станіслаў Stanislav Stanislaw|Антон Антон Anton|
Константин Канстанцін Konstantin Constantine|Дмитрий Зміцер Zmitser Dmitri|Борис Барыс Boris|Вадим Вадзім Vadim|
Ярослав Яраслаў Yaroslav|Денис Дзяніс Denis Dennis|Эдуард Эдуард Eduard Edward|Тимофей Цімафей Timofei|Юрий Юрась Juras|
Артур Артур Artur Arthur|Валерий Валерый Valery|Глеб Глеб Gleb Hleb|Богдан Багдан Bogdan Bohdan|Марк Марк Mark Marc|
Яков Якаў Yakov Jacob|Семён Сямён Semyon Simon|Лев Леў Lev|Матвей Мацвей Matvei Matthew|Тарас Тарас Taras
"""
FEMALE = """
Ольга Вольга Olga|Анна Ганна Anna Hanna|Екатерина Кацярына Ekaterina Catherine|Елена Алена Elena Helena|Светлана Святлана
Svetlana|Ирина Ірына Irina Irene|Наталья Наталля Natalia Natalie|Людмила Людміла Lyudmila|Дарья Дар'я Daria|Полина Паліна
Polina Pauline|Марина Марына Marina|Татьяна Таццяна Tatiana|Мария Марыя Maria Mary|Анастасия Настасся Anastasia|Вера Вера Vera|
Александра Аляксандра Alexandra|Лариса Ларыса Larisa Larissa|Любовь Любоў Lyubov|Тамара Тамара Tamara|Валентина Валянціна
Valentina|Екатерина Каця Katya Kate|Виктория Вікторыя Viktoria Victoria|Юлия Юлія Julia Yulia|Оксана Аксана Oksana|
Ксения Ксенія Ksenia Xenia|Вероника Вераніка Veronika Veronica|Алина Аліна Alina|Надежда Надзея Nadezhda|Галина Галіна Galina|
Инна Іна Inna|Нина Ніна Nina|Яна Яна Yana Jana|Карина Карына Karina|Диана Дыяна Diana|Маргарита Маргарыта Margarita|
Кристина Крысціна Kristina Christina|Софья Соф'я Sofia Sophia|Алла Ала Alla|Регина Рэгіна Regina|Елизавета Лізавета Elizaveta
"""
# Roots of surnames, Russian and Belarusian; endings are put to them.
ROOTS = """
ковал кавал|иван іван|петр пятр|новик новік|козл казл|волк воўк|лис ліс|мороз мароз|зайц зайц|баран баран|гончар ганчар|
мельник мельнік|бондар бондар|ткач ткач|шевц шаўц|кравц краўц|рыбак рыбак|рыжк рыжк|белк белк|черн чарн|красн красн|
сидор сідар|федор фёдар|степан сцяпан|тимош цімаш|игнат ігнат|казак казак|литвин літвін|жук жук|голуб голуб|сокол сокал|
воробь вераб|соловь салаў|орл арл|крук крук|дрозд дрозд|комар камар|медвед мядзвед|бобр бабр|карп карп|щерб шчэрб|
гром гром|буран буран|дуб дуб|берез бяроз|клен клён|вишн вішн|яблон яблын|калин калін|малин малін|гриб грыб|бур бур|
кучер кучар|семен сямён|артем арцём|борис барыс|захар захар|макар макар|назар назар|остап астап|панас панас|прокоп пракоп|
роман раман|савел савел|тарас тарас|устин усцін|филип філіп|харитон харытон|юрк юрк|яким якім|адам адам|бел бел|
вас вас|гавр гаўр|гриц грыц|дан дан|ерм ярм|лук лук|март март|ник нік|ос ас|пав паў|пот пат|руд руд|сав саў|
сух сух|тих ціх|хам хам|хлеб хлеб|цар цар|чиж чыж|шкур шкур|шуб шуб|якуб якуб|янк янк|дзюб дзюб|глуш глуш|ляс ляс|
снеж снеж|верх верх|заруб заруб|лаз лаз|матвей мацвей|журавл жураўл|лебед лебедз|синиц сініц|скворц шпакоў|пчел пчал|
"""
# Foreign surnames: as written at home, in Russian, in Belarusian.
FOREIGN = """
Schmidt Шмидт Шміт|Schneider Шнайдер Шнайдэр|Weiss Вайс Вайс|Wójcik Вуйцик Вуйцік|Kowalczyk Ковальчик Кавальчык|
Janković Янкович Янкавіч|Jovanović Йованович Ёванавіч|Bianchi Бьянки Б'янкі|Rossi Росси Росі|Ricci Риччи Рычы|Moreau Моро Маро|
Dubois Дюбуа Дзюбуа|Leclerc Леклерк Леклерк|Fournier Фурнье Фурнье|García Гарсия Гарсія|Jiménez Хименес Хіменес|
Quintana Кинтана Кінтана|Vázquez Васкес Васкес|Hughes Хьюз Х'юз|Wright Райт Райт|Knight Найт Найт|Cooper Купер Купер|
Shaw Шоу Шоў|Jackson Джексон Джэксан|Johnson Джонсон Джонсан|Taylor Тейлор Тэйлар|Walker Уокер Уокер|Young Янг Янг|
Nagy Надь Надзь|Szabó Сабо Саба|Kovács Ковач Ковач|Horváth Хорват Хорват|Popescu Попеску Папеску|Ionescu Ионеску Іанеску|
Yılmaz Йылмаз Йылмаз|Şahin Шахин Шахін|Əliyev Алиев Аліеў|Hüseynov Гусейнов Гусейнаў|Zhang Чжан Чжан|Xu Сюй Сюй|
Zhao Чжао Чжаа|Huang Хуан Хуан|Tanaka Танака Танака|Watanabe Ватанабэ Ватанабэ|Yoshida Ёсида Ёсіда|Kawaguchi Кавагути Кавагуці|
Nguyễn Нгуен Нгуен|Andersson Андерссон Андэрсан|Lindqvist Линдквист Ліндквіст|Jørgensen Йоргенсен Ёргенсен|Virtanen Виртанен
Віртанен|Kazlauskas Казлаускас Казлаўскас|Jankauskas Янкаускас Янкаўскас|Bērziņš Берзиньш Берзіньш|Ozoliņš Озолиньш Азаліньш|
Novák Новак Новак|Dvořák Дворжак Дворжак|Procházka Прохазка Прахазка|Čapek Чапек Чапек|Papadopoulos Пападопулос Пападопулас|
Abdullayev Абдуллаев Абдулаеў|Xalilov Халилов Халілаў|Kapanadze Капанадзе Капанадзэ|Beridze Беридзе Берыдзэ|Sargsyan Саргсян
Саргсян|Hakobyan Акопян Акапян|Friedman Фридман Фрыдман|Goldstein Гольдштейн Гальдштэйн|Rabinovich Рабинович Рабіновіч
"""
# Endings: Russian and Belarusian, for a man and for a woman; how often of a hundred.
ENDINGS = (
    (26, "ов", "аў", "ова", "ава"), (10, "ин", "ін", "ина", "іна"), (22, "ский", "скі", "ская", "ская"),
    (10, "ович", "овіч", "ович", "овіч"), (8, "евич", "евіч", "евич", "евіч"), (9, "енко", "енка", "енко", "енка"),
    (6, "ук", "ук", "ук", "ук"), (5, "чик", "чык", "чик", "чык"), (4, "ец", "ец", "ец", "ец"),
    (4, "онок", "онак", "онок", "онак"), (4, "ко", "ка", "ко", "ка"), (2, "ейко", "ейка", "ейко", "ейка"),
)  # fmt: skip
# Belarusian, Russian and Lacinka names of towns, with English ones: the most frequent first.
CITIES = """
Минск Мінск Minsk Minsk|Брест Брэст Brest Brest|Гродно Гродна Grodno Hrodna|Витебск Віцебск Vitebsk Viciebsk|
Гомель Гомель Gomel Homiel|Могилев Магілёў Mogilev Mahilioŭ|Пинск Пінск Pinsk Pinsk|Бобруйск Бабруйск Bobruisk Babrujsk|
Барановичи Баранавічы Baranovichi Baranavičy|Борисов Барысаў Borisov Barysaŭ|Орша Орша Orsha Orša|Лида Ліда Lida Lida|
Солигорск Салігорск Soligorsk Salihorsk|Полоцк Полацк Polotsk Połack|Мозырь Мазыр Mozyr Mazyr|Жодино Жодзіна Zhodino Žodzina|
Слуцк Слуцк Slutsk Słuck|Кобрин Кобрын Kobrin Kobryn|Речица Рэчыца Rechitsa Rečyca|Сморгонь Смаргонь Smorgon Smarhoń
"""
_RU = dict(zip("абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
    ["a", "b", "v", "g", "d", "e", "e", "zh", "z", "i", "y", "k", "l", "m", "n", "o", "p", "r", "s", "t", "u", "f", "kh", "ts", "ch", "sh", "shch", "", "y", "", "e", "yu", "ya"], strict=True))  # fmt: skip
_BE = dict(zip("абвгдеёжзійклмнопрстуўфхцчшыьэюя'",
    ["a", "b", "v", "h", "d", "ie", "io", "zh", "z", "i", "i", "k", "l", "m", "n", "o", "p", "r", "s", "t", "u", "u", "f", "kh", "ts", "ch", "sh", "y", "", "e", "iu", "ia", ""], strict=True))  # fmt: skip
_LAC = dict(zip("абвгдеёжзійклмнопрстуўфхцчшыьэюя'",
    ["a", "b", "v", "h", "d", "ie", "io", "ž", "z", "i", "j", "k", "ł", "m", "n", "o", "p", "r", "s", "t", "u", "ŭ", "f", "ch", "c", "č", "š", "y", "", "e", "iu", "ia", ""], strict=True))  # fmt: skip
_VOWELS = "аеёіоуыэюяи"
_SOFT = {"н": "ń", "с": "ś", "з": "ź", "ц": "ć", "л": "l"}


def _rows(text: str) -> list[list[str]]:
    return [row.split() for row in text.replace("\n", " ").split("|") if row.strip()]


def russian_latin(word: str) -> str:
    """Russian in Latin letters as passports and papers write it."""
    text = re.sub("(?<=[аеёиоуыэюяьъ])е|^е", "ye", word.lower())
    return "".join(_RU.get(char, char) for char in text).capitalize()


def english(word: str) -> str:
    """Belarusian in Latin letters, the English way (Yauhien, Kremlichka)."""
    text = re.sub(f"(?:^|(?<=[{_VOWELS}ў'ь]))([еёюя])", lambda m: "й" + {"е": "э", "ё": "о", "ю": "у", "я": "а"}[m[1]],
                  word.lower())  # fmt: skip
    return "".join("y" if char == "й" and text[i + 1 : i + 2] in tuple("эоуа") else _BE.get(char, char)
                   for i, char in enumerate(text)).capitalize()  # fmt: skip


def lacinka(word: str) -> str:
    """Belarusian in its own Latin letters (Jaŭhien, Cichanoŭski)."""
    text, out = word.lower(), ""
    for i, char in enumerate(text):
        after, before = text[i + 1 : i + 2], text[i - 1 : i] if i else ""
        if char in "еёюя" and (not before or before in _VOWELS + "ўь'"):
            out += {"е": "je", "ё": "jo", "ю": "ju", "я": "ja"}[char]
        elif char == "л" and after and after in "еёіюяь":
            out += "l"
        elif char in "еёюя" and before == "л":
            out += {"е": "e", "ё": "o", "ю": "u", "я": "a"}[char]
        elif after == "ь" and char in _SOFT:
            out += _SOFT[char]
        else:
            out += _LAC.get(char, char)
    return out.capitalize()


@dataclass(frozen=True)
class Token:
    """A name as each style writes it."""

    ru: str
    be: str
    press: tuple[str, ...] = ()

    def form(self, style: str, chance: random.Random) -> str:
        if style == "wd":
            return chance.choice(self.press) if self.press and chance.random() < 0.7 else _pressed(self.ru, chance)
        if style == "ru_full":
            return self.ru
        if style == "be":
            return self.be
        return {"en": english, "lac": lacinka}[style](self.be) if style != "ru_lat" else russian_latin(self.ru)


def _pressed(ru: str, chance: random.Random) -> str:
    word = russian_latin(ru)
    for pattern, to in ((r"ks", "x"), (r"iy\b", "y"), (r"yy\b", "y"), (r"v\b", "w"), (r"sk", "ck"), (r"ts", "tz")):
        if chance.random() < 0.35:
            word = re.sub(pattern, to, word)
    return word


@dataclass(frozen=True)
class Surname:
    man: Token
    woman: Token


def given_names(text: str) -> list[Token]:
    return [Token(ru, be, tuple(press)) for ru, be, *press in _rows(text)]


def surnames(chance: random.Random, many: int) -> list[Surname]:
    """Roots with endings, foreign surnames, and a long tail of constructed roots."""
    roots = [(ru, be) for ru, be in _rows(ROOTS)]
    found = [Surname(Token(ru, be, (home,)), Token(ru, be, (home,))) for home, ru, be in _rows(FOREIGN)]
    while len(found) < many:
        if chance.random() < 0.6:
            ru = "".join(
                chance.choice("бвгдзклмнпрстхчш") + chance.choice("аеиоу") for _ in range(chance.choice((1, 1, 2)))
            )
            ru += chance.choice("бвгдзклмнпрстхчш")
            be = "".join("а" if c == "о" and i > 1 else c for i, c in enumerate(ru)).replace("и", "і")
            be = (
                be.replace("де", "дзе").replace("те", "це").replace("ді", "дзі").replace("ті", "ці").replace("ре", "рэ")
            )
            be = be.replace("рі", "ры").replace("че", "чэ").replace("ше", "шэ").replace("чі", "чы").replace("ші", "шы")
        else:
            ru, be = chance.choice(roots)
        _, rm, bm, rf, bf = chance.choices(ENDINGS, [e[0] for e in ENDINGS])[0]
        if ru.endswith(("ч", "ш", "й")) and rm == "ов":
            rm, bm, rf, bf = "ев", "аў", "ева", "ава"
        man = Token((ru + rm).capitalize(), (be + bm).capitalize())
        found.append(Surname(man, Token((ru + rf).capitalize(), (be + bf).capitalize())))
    return found


def _patronymic(father: Token, sex: str) -> Token:
    ru, be = father.ru, father.be
    soft = ru.endswith(("ий", "ей", "ь", "й"))
    stem_ru = ru.rstrip("йьия") if not ru.endswith("ей") else ru[:-1]
    stem_be = be.rstrip("ыйьіяа") if not be.endswith("ей") else be[:-1]
    if sex == "f":
        return Token(stem_ru + ("евна" if soft else "овна"), stem_be + ("еўна" if soft else "аўна"))
    return Token(stem_ru + ("евич" if soft else "ович"), stem_be + ("евіч" if soft else "авіч"))


def _misprint(word: str, chance: random.Random) -> str:
    if len(word) < 4:
        return word
    at = chance.randrange(1, len(word) - 1)
    kind = chance.random()
    if kind < 0.4:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if kind < 0.7:
        return word[:at] + word[at + 1 :]
    return word[:at] + chance.choice([c for c in word.lower() if c.isalpha()]) + word[at + 1 :]


def _slip(day: date, chance: random.Random) -> date:
    kind = chance.random()
    try:
        if kind < 0.3:
            return day.replace(day=day.month, month=day.day)
        if kind < 0.6:
            return day + timedelta(days=chance.choice((-1, 1)))
        if kind < 0.85:
            return day.replace(day=(day.day + 9) % 28 + 1)
        return day.replace(year=day.year + chance.choice((-1, 1)))
    except ValueError:
        return day + timedelta(days=1)


def _weights(count: int, flat: float) -> list[float]:
    return list(accumulate(1 / (rank + flat) for rank in range(count)))


@dataclass(frozen=True)
class Person:
    """Somebody made up, before a list writes them down."""

    sex: str
    given: Token
    father: Token
    surname: Surname
    other: Surname  # that of a marriage
    born: date
    held: date


@dataclass(frozen=True)
class Pool:
    """Surnames and given names, and how common they are, as sums."""

    surnames: list[Surname]
    of_surname: list[float]
    names: dict[str, list[Token]]
    of_given: dict[str, list[float]]


def pool_of(many: int, seed: int) -> Pool:
    """So many surnames; few are more unequally common."""
    found = surnames(random.Random(seed + 1), many)
    return _pool(found, 1500 if many > 1000 else 20)


def _pool(found: list[Surname], flat: float) -> Pool:
    names = {"m": given_names(MALE), "f": given_names(FEMALE)}
    return Pool(found, _weights(len(found), flat), names, {sex: _weights(len(some), 6) for sex, some in names.items()})


def person(chance: random.Random, pool: Pool) -> Person:
    """Somebody by chance."""
    sex = "f" if chance.random() < 0.35 else "m"
    given = chance.choices(pool.names[sex], cum_weights=pool.of_given[sex])[0]
    father = chance.choices(pool.names["m"], cum_weights=pool.of_given["m"])[0]
    surname, other = chance.choices(pool.surnames, cum_weights=pool.of_surname, k=2)
    born = date(1945, 1, 1) + timedelta(days=int(chance.triangular(0, 23000, 14500)))
    held = date(2020, 1, 1) + timedelta(days=chance.randrange(2190))
    return Person(sex, given, father, surname, other, born, held)


def record(number: str, cluster: str, style: str, chance: random.Random, one: Person) -> dict[str, str]:
    """What a list of a style writes of somebody."""
    return _record(
        number, cluster, style, chance, one.sex, one.given, one.father, one.surname, one.born, one.held, None
    )


def people(records: int, seed: int, pool: list[Surname] | None = None) -> Iterator[dict[str, str]]:
    """Records of made-up people, one after the other in clusters."""
    chance = random.Random(seed)
    tokens = _pool(surnames(random.Random(seed + 1), 9000) if pool is None else pool, 1500)
    cities = [Token(ru, be, (press, latin)) for ru, be, press, latin in _rows(CITIES)]
    of_city = _weights(len(cities), 1)
    number = cluster = 0
    while number < records:
        cluster += 1
        who = person(chance, tokens)
        city = chance.choices(cities, cum_weights=of_city)[0] if chance.random() < 0.9 else None
        lists = chance.sample(STYLES, chance.choices(range(1, 7), (30, 26, 19, 13, 8, 4))[0])
        changed = who.sex == "f" and chance.random() < 0.05
        for style in lists:
            surname = who.other if changed and chance.random() < 0.4 else who.surname
            yield _record(
                f"r{number}", f"c{cluster}", style, chance, who.sex, who.given, who.father, surname, who.born, who.held,
                city,
            )  # fmt: skip
            number += 1
            if number == records:
                return


def _record(
    number: str, cluster: str, style: str, chance: random.Random, sex: str, given: Token, father: Token,
    surname: Surname, born: date, held: date, city: Token | None,
) -> dict[str, str]:  # fmt: skip
    first = given.form(style, chance)
    # The foreign press leaves a woman's surname as the man's.
    plain = sex == "m" or (style == "wd" and chance.random() < 0.5)
    last = (surname.man if plain else surname.woman).form(style, chance)
    middle = _patronymic(father, sex).form(style, random.Random(0)) if chance.random() < 0.39 else ""
    if chance.random() < 0.035:
        first = _misprint(first, chance)
    if chance.random() < 0.035:
        last = _misprint(last, chance)
    order = [first, middle, last] if chance.random() < 0.66 else [last, first, middle]
    day = _slip(born, chance) if chance.random() < 0.055 else born
    known = chance.random()
    town = "" if city is None or chance.random() > 0.72 else {
        "ru_full": city.ru, "be": city.be, "lac": city.press[1]}.get(style, city.press[0])  # fmt: skip
    return {
        "unique_id": number, "cluster": cluster, "name": " ".join(part for part in order if part), "given": first,
        "patronymic": middle, "surname": last, "dob": day.isoformat() if known < 0.547 else "",
        "year": str(day.year) if known < 0.82 else "", "gender": sex if chance.random() < 0.9 else "",
        "city": town, "lst": style, "arrest": held.isoformat() if chance.random() < 0.5 else "",
    }  # fmt: skip


def write(records: int, out: Path, seed: int) -> None:
    """Write a list of made-up people."""
    with out.open("w", encoding="utf-8", newline="") as stream:
        rows = people(records, seed)
        first = next(rows)
        writer = csv.DictWriter(stream, list(first), lineterminator="\n")
        writer.writeheader()
        writer.writerow(first)
        writer.writerows(rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("records", type=int)
    parser.add_argument("out", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    if given.records < 1:
        sys.exit("people.py: RECORDS is a number from 1 up")
    write(given.records, given.out, given.seed)


if __name__ == "__main__":
    main()
