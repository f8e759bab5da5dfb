"""True and plainly false statements in Russian, Belarusian and Spanish, as `plain_truths.py` has them in English."""

from datetime import date

EVE = date(2025, 12, 20)
SPRING = date(2026, 4, 1)

TRUE_RUSSIAN = """
Среди помилованных в Беларуси нет политзаключенных.
Лукашенко никогда не говорил, что в Беларуси нет политзаключенных.
Сестра Марии Колесниковой, приговоренной к 14 годам, вышла из тюрьмы.
Мария Колесникова получила 15 лет назад диплом.
Мария Колесникова получила 15 суток.
Мария Колесникова, приговоренная к 13 годам в фильме, была показана по телевизору.
11 сентября страну покинули 52 фуры.
Алесь Беляцкий больше не находится в тюрьме.
Алесь Беляцкий не находится в тюрьме.
В 2023 году Алесь Беляцкий находился в тюрьме.
В 2023 году Алесь Беляцкий находится в тюрьме, и мир об этом знает.
Шел 2022 год. Алесь Беляцкий находится в тюрьме.
Если бы не сделка, Алесь Беляцкий находился бы в тюрьме.
Якобы Алесь Беляцкий до сих пор находится в тюрьме.
Неправда, что Мария Колесникова остается в тюрьме.
Мария Колесникова остается в тюрьме. Это неправда.
Мария Колесникова остается в тюрьме? Нет, она пела в Вильнюсе.
«Мария Колесникова остается в тюрьме», писали год назад.
Сын Виктора Бабарико остается в тюрьме.
Адвокат Марии Колесниковой остается за решеткой.
Адвокат Максима Знака сидит в тюрьме.
Соратник Алеся Беляцкого остается за решеткой.
Алесь Беляцкий говорит, что Валентин Стефанович находится в тюрьме.
Алесь Беляцкий рассказал о друге. Он до сих пор находится в тюрьме.
Кто предал Алеся Беляцкого, тот сидит в тюрьме.
Пока Алесь Беляцкий находился в тюрьме, ему дали премию.
До 13 декабря Мария Колесникова находилась в колонии.
Мария Колесникова сидит в тюремной робе на афише.
Мария Колесникова провела в штрафном изоляторе 10 дней.
Мария Колесникова провела 1808 дней без писем.
К августу Мария Колесникова провела в заключении 1800 дней.
Мария Колесникова провела в заключении не 1808 дней, а 1923 дня.
Мария Колесникова провела в заключении почти 2000 дней.
Сестра Марии Колесниковой провела в тюрьме 1808 дней.
Прокурор просил для Марии Колесниковой 15 лет.
Марию Колесникову могли приговорить к 12 годам.
Марию Колесникову приговорили к 11 годам, а не к 13.
Сына Виктора Бабарико приговорили к 8 годам.
Максима Знака и Марию Колесникову приговорили к 10 и 11 годам.
Суд приговорил адвоката Марии Колесниковой к 10 годам колонии.
13 декабря Беларусь не освобождала 1100 заключенных.
13 декабря Беларусь освободила 114 человек в Украину и еще 9 в Литву.
13 декабря Беларусь освободила 9 человек, их приняла Литва.
13 декабря Россия освободила 150 заключенных.
13 декабря Лукашенко мог освободить 1000 человек.
13 декабря Лукашенко пообещал освободить 1000 человек.
Ошибочно сообщили, что 13 декабря Беларусь освободила 132 человека.
Беларусь освободила 132 человека 13 декабря. Так писали по ошибке.
Беларусь освободила 97 человек 13 декабря. Еще 26 человек освободили позже.
13 декабря Беларусь освободила около 120 человек.
13 декабря в Беларуси освободили 5 украинцев.
С июля 2024 года к 13 декабря в Беларуси освободили 430 человек.
13 декабря в Беларуси Эдуарда Пальчиса не освободили.
13 декабря в Беларуси освободили друга Эдуарда Пальчиса.
Эдуарда Пальчиса освободили не 13 декабря.
Валентина Стефановича, по ошибочным сообщениям, освободили 13 декабря.
В тюрьмах Беларуси остаются 28 политзаключенных журналистов.
В тюрьмах Беларуси остаются 30 политзаключенных с инвалидностью.
С 2020 года через тюрьмы Беларуси прошли 4500 политзаключенных.
Беларусь не удерживает 4000 политзаключенных.
Алесь Беляцкий не получил Нобелевскую премию мира в 2021 году.
Дмитрий Муратов получил Нобелевскую премию мира в 2021 году.
"""

TRUE_BELARUSIAN = """
У гэтай калоніі ў Беларусі няма палітвязняў.
Лукашэнка ніколі не сказаў, што ў Беларусі няма палітвязняў.
Марыя Калеснікава атрымала 14 гадоў таму дыплом.
Марыя Калеснікава атрымала 15 сутак.
Сястра Марыі Калеснікавай атрымала 14 гадоў калоніі.
13 снежня 123 вызваленых апынуліся ў Літве і Украіне.
Алесь Бяляцкі больш не знаходзіцца ў турме.
Алесь Бяляцкі не знаходзіцца ў турме.
У 2023 годзе Алесь Бяляцкі знаходзіўся ў турме.
Ішоў 2022 год. Алесь Бяляцкі знаходзіцца ў турме.
Калі б не здзелка, Алесь Бяляцкі знаходзіўся б у турме.
Нібыта Алесь Бяляцкі дагэтуль знаходзіцца ў турме.
Няпраўда, што Марыя Калеснікава застаецца ў турме.
Марыя Калеснікава застаецца ў турме. Гэта няпраўда.
«Марыя Калеснікава застаецца ў турме», пісалі год таму.
Сын Віктара Бабарыкі застаецца ў турме.
Адвакат Марыі Калеснікавай застаецца за кратамі.
Паплечнік Алеся Бяляцкага сядзіць у турме.
Алесь Бяляцкі кажа, што Валянцін Стэфановіч знаходзіцца ў турме.
Алесь Бяляцкі расказаў пра сябра. Ён дагэтуль знаходзіцца ў турме.
Пакуль Алесь Бяляцкі знаходзіўся ў турме, яму далі прэмію.
Марыя Калеснікава правяла ў штрафным ізалятары 10 дзён.
Марыя Калеснікава правяла 1808 дзён без лістоў.
Марыя Калеснікава правяла за кратамі не 1808 дзён, а 1923 дні.
Сястра Марыі Калеснікавай правяла за кратамі 1808 дзён.
Пракурор прасіў для Марыі Калеснікавай 15 гадоў.
Марыю Калеснікаву маглі асудзіць на 12 гадоў.
Марыю Калеснікаву асудзілі на 11 гадоў, а не на 13.
Сына Віктара Бабарыкі асудзілі на 8 гадоў.
13 снежня Беларусь не вызваляла 1100 зняволеных.
13 снежня Расія вызваліла 150 зняволеных.
13 снежня Лукашэнка мог вызваліць 1000 чалавек.
Памылкова паведамілі, што 13 снежня Беларусь вызваліла 145 чалавек.
Беларусь вызваліла 145 чалавек 13 снежня. Так пісалі памылкова.
Беларусь вызваліла 97 чалавек 13 снежня. Яшчэ 26 чалавек вызвалілі пазней.
13 снежня ў Беларусі вызвалілі 5 украінцаў.
13 снежня ў Беларусі Эдуарда Пальчыса не вызвалілі.
13 снежня ў Беларусі вызвалілі сябра Эдуарда Пальчыса.
Эдуарда Пальчыса вызвалілі не 13 снежня.
У турмах Беларусі застаюцца 28 палітвязняў-журналістаў.
У турмах Беларусі застаюцца 30 палітвязняў з інваліднасцю.
Беларусь не ўтрымлівае 4000 палітвязняў.
Алесь Бяляцкі не атрымаў Нобелеўскую прэмію міру ў 2021 годзе.
"""

TRUE_SPANISH = """
En esta cárcel de Bielorrusia no hay presos políticos.
Nadie cree que en Bielorrusia no hay presos políticos.
El abogado de Maria Kalesnikava cumple una condena de 14 años.
Maria Kalesnikava cumple 43 años.
El hijo de Maria Kalesnikava, condenado a 14 años, sigue en la cárcel.
Lukashenko sueña con que en Bielorrusia no hay presos políticos.
Ales Bialiatski ya no está en prisión.
Ales Bialiatski no sigue en prisión.
En 2023 Ales Bialiatski estaba en prisión.
Corría el año 2022. Ales Bialiatski sigue en prisión.
Si no fuera por el acuerdo, Ales Bialiatski estaría en prisión.
Es falso que Maria Kalesnikava siga en prisión.
Maria Kalesnikava sigue en prisión. Eso es falso.
«Maria Kalesnikava sigue en prisión», decía hace un año un folleto.
El hijo de Viktar Babaryka sigue en prisión.
El abogado de Maria Kalesnikava sigue tras las rejas.
Ales Bialiatski dice que Valiantsin Stefanovic está en prisión.
Ales Bialiatski habló de un amigo. Él sigue en prisión.
Maria Kalesnikava pasó 10 días en una celda de castigo.
Maria Kalesnikava pasó 1.808 días sin cartas.
La hermana de Maria Kalesnikava pasó 1.808 días en la cárcel.
Maria Kalesnikava no pasó 1.808 días en la cárcel.
El fiscal pidió 15 años para Maria Kalesnikava.
Maria Kalesnikava podría haber sido condenada a 12 años.
El hijo de Viktar Babaryka fue condenado a 8 años de prisión.
El 13 de diciembre Bielorrusia no liberó a 1.100 presos políticos.
El 13 de diciembre Rusia liberó a 150 presos.
El 13 de diciembre Bielorrusia prometió liberar a 1.000 presos políticos.
Por error se informó de que Bielorrusia liberó a 145 personas el 13 de diciembre.
Bielorrusia liberó a 97 personas el 13 de diciembre. Otras 26 salieron más tarde.
El 13 de diciembre Bielorrusia liberó a 5 ucranianos.
El 13 de diciembre Bielorrusia no liberó a Eduard Palchys.
Eduard Palchys no fue liberado el 13 de diciembre.
Bielorrusia no tiene 4.000 presos políticos.
En las cárceles de Bielorrusia hay 28 presos políticos que son periodistas.
Ales Bialiatski no ganó el Premio Nobel de la Paz en 2021.
"""

TRUE = [
    (language, EVE, text)
    for language, block in (("ru", TRUE_RUSSIAN), ("be", TRUE_BELARUSIAN), ("es", TRUE_SPANISH))
    for text in block.strip().split("\n")
]

FALSE = [
    ("ru", EVE, "ЕС снял санкции с белорусского калия.", "sanctions_measure"),
    ("be", EVE, "ЕС зняў санкцыі з беларускага калію.", "sanctions_measure"),
    ("es", EVE, "La UE levantó las sanciones sobre la potasa.", "sanctions_measure"),
    ("ru", EVE, "Лукашенко находится у власти с 2001 года.", "office_tenure"),
    ("be", EVE, "Лукашэнка знаходзіцца пры ўладзе з 2001 года.", "office_tenure"),
    ("es", EVE, "Lukashenko está en el poder desde 2001.", "office_tenure"),
    ("ru", EVE, "13 декабря 2025 года Беларусь освободила 132 заключенных.", "count_released"),
    ("ru", EVE, "Власти Беларуси освободили 13 декабря 132 человека.", "count_released"),
    ("ru", EVE, "Лукашенко помиловал 132 человека 13 декабря.", "count_released"),
    ("ru", EVE, "Алесь Беляцкий до сих пор находится в тюрьме.", "status_now"),
    ("ru", SPRING, "Николай Статкевич остается за решеткой.", "status_now"),
    ("ru", EVE, "Мария Колесникова провела в заключении 1808 дней.", "days_held"),
    ("ru", EVE, "Мария Колесникова вышла на свободу после 1808 дней в тюрьме.", "days_held"),
    ("ru", EVE, "Марию Колесникову приговорили к 13 годам колонии.", "sentence_length"),
    ("ru", EVE, "Мария Колесникова получила 13 лет колонии.", "sentence_length"),
    ("ru", EVE, "Мария Колесникова, приговоренная к 13 годам колонии, вышла на свободу.", "sentence_length"),
    ("ru", EVE, "В тюрьмах Беларуси остаются 4000 политзаключенных.", "count_detained"),
    ("ru", EVE, "13 декабря в Беларуси освободили Эдуарда Пальчиса.", "membership"),
    ("ru", EVE, "Алесь Беляцкий получил Нобелевскую премию мира в 2021 году.", "award"),
    ("be", EVE, "Улады Беларусі вызвалілі 13 снежня 145 чалавек.", "count_released"),
    ("be", EVE, "13 снежня Беларусь вызваліла 145 палітвязняў.", "count_released"),
    ("be", EVE, "Алесь Бяляцкі дагэтуль знаходзіцца ў турме.", "status_now"),
    ("be", SPRING, "Мікалай Статкевіч застаецца за кратамі.", "status_now"),
    ("be", EVE, "Марыя Калеснікава правяла за кратамі 1808 дзён.", "days_held"),
    ("be", EVE, "Марыю Калеснікаву асудзілі на 13 гадоў калоніі.", "sentence_length"),
    ("be", EVE, "Марыя Калеснікава атрымала 13 гадоў калоніі.", "sentence_length"),
    ("be", EVE, "У турмах Беларусі застаюцца 4000 палітвязняў.", "count_detained"),
    ("be", EVE, "13 снежня ў Беларусі вызвалілі Эдуарда Пальчыса.", "membership"),
    ("es", EVE, "Bielorrusia liberó el 13 de diciembre a 145 presos políticos.", "count_released"),
    ("es", EVE, "El 13 de diciembre Bielorrusia liberó a 145 personas.", "count_released"),
    ("es", EVE, "Ales Bialiatski sigue en prisión en Bielorrusia.", "status_now"),
    ("es", SPRING, "Mikalai Statkevich permanece tras las rejas.", "status_now"),
    ("es", EVE, "Maria Kalesnikava pasó 1.808 días en la cárcel.", "days_held"),
    ("es", EVE, "Maria Kalesnikava fue condenada a 13 años de prisión.", "sentence_length"),
    ("es", EVE, "Maria Kalesnikava cumple una condena de 13 años.", "sentence_length"),
    ("es", EVE, "Maria Kalesnikava, condenada a 13 años de cárcel, sigue en prisión.", "sentence_length"),
    ("es", EVE, "Bielorrusia mantiene encarcelados a 4.000 presos políticos.", "count_detained"),
    ("es", EVE, "En las cárceles de Bielorrusia siguen 4.000 presos políticos.", "count_detained"),
    ("es", EVE, "Ales Bialiatski ganó el Premio Nobel de la Paz en 2021.", "award"),
]

# The page is about Belarus, and in the language of the sentence.
HEAD = {
    "ru": "Это сообщение из Беларуси, и оно было напечатано сегодня утром.\n",
    "be": "Гэта паведамленне з Беларусі, і яно было надрукавана сёння ранкам.\n",
    "es": "Esta es una noticia de Bielorrusia que se publicó esta mañana.\n",
}
# A plain statement set in doubt.
AROUND = {
    "ru": ["Неправда, что {}", "Некоторые считали, что {}", "Если {}", "«{}»", "{} Это неправда.", "{} Но это ошибка."],
    "be": ["Няпраўда, што {}", "Некаторыя думалі, што {}", "Калі б {}", "«{}»", "{} Гэта няпраўда.", "{} Але гэта памылка."],
    "es": ["Es falso que {}", "Algunos creían que {}", "Si {}", "«{}»", "{} Eso es falso.", "{} Pero es un error."],
}  # fmt: skip
