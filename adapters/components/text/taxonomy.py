"""What videos are about: our list of subjects, each with examples in two languages."""

from typing import NamedTuple

VERSION = "1"
"""Rises with every change: scores under two lists cannot be compared."""


class Subject(NamedTuple):
    """One subject: its code, its names, and what texts about it are like."""

    code: str
    english: str
    russian: str
    examples: tuple[str, ...]


SUBJECTS = (
    Subject(
        "games",
        "Video games",
        "Видеоигры",
        (
            "Video game walkthrough and gameplay",
            "Прохождение компьютерной игры",
            "Minecraft and shooter live stream",
            "Летсплей и стрим по игре",
        ),
    ),
    Subject(
        "music",
        "Music",
        "Музыка",
        (
            "Official music video of a song",
            "Песня под гитару, кавер",
            "Piano concert live performance",
            "Новый альбом музыкальной группы",
        ),
    ),
    Subject(
        "film",
        "Films and series",
        "Кино и сериалы",
        (
            "Movie trailer and film review",
            "Обзор фильма и сериала",
            "Actor, director and cinema premiere",
            "Трейлер нового фильма",
        ),
    ),
    Subject(
        "sport",
        "Sport",
        "Спорт",
        (
            "Football match highlights and goals",
            "Футбольный матч, обзор голов",
            "Hockey and basketball championship",
            "Чемпионат мира, бокс и бои",
        ),
    ),
    Subject(
        "fitness",
        "Health and fitness",
        "Здоровье и фитнес",
        (
            "Home workout and exercises for weight loss",
            "Тренировка дома, упражнения для спины",
            "Healthy eating, doctor's advice",
            "Здоровье, питание и советы врача",
        ),
    ),
    Subject(
        "cooking",
        "Cooking",
        "Кулинария",
        (
            "Cooking recipe for a tasty dinner",
            "Рецепт вкусного блюда",
            "How to bake a cake",
            "Как приготовить суп и салат",
        ),
    ),
    Subject(
        "travel",
        "Travel",
        "Путешествия",
        (
            "Travel guide: what to see in the city",
            "Путешествие в другую страну",
            "Hotel, beach and holiday trip",
            "Отпуск, перелёт и отель",
        ),
    ),
    Subject(
        "technology",
        "Technology",
        "Техника",
        (
            "Smartphone and laptop review",
            "Обзор нового смартфона",
            "Programming tutorial and software",
            "Компьютер, видеокарта и нейросети",
        ),
    ),
    Subject(
        "science",
        "Science",
        "Наука",
        (
            "Physics and biology explained by a scientist",
            "Лекция учёного о физике",
            "Space, stars and black holes",
            "Космос, эволюция и химия",
        ),
    ),
    Subject(
        "learning",
        "Learning",
        "Учёба",
        (
            "English lesson for beginners",
            "Урок английского языка",
            "School exam preparation in mathematics",
            "Подготовка к экзамену по математике",
        ),
    ),
    Subject(
        "beauty",
        "Beauty and fashion",
        "Красота и мода",
        (
            "Makeup tutorial and skin care",
            "Макияж и уход за кожей",
            "Fashion outfits and style",
            "Причёска, одежда и мода",
        ),
    ),
    Subject(
        "cars",
        "Cars",
        "Автомобили",
        (
            "Car test drive and review",
            "Тест-драйв автомобиля",
            "Engine repair and tuning of a car",
            "Ремонт двигателя машины",
        ),
    ),
    Subject(
        "animals",
        "Animals and nature",
        "Животные и природа",
        (
            "Funny cats and dogs",
            "Смешные коты и собаки",
            "Wild animals in the forest",
            "Дикие животные и природа",
        ),
    ),
    Subject(
        "humour",
        "Humour",
        "Юмор",
        (
            "Stand-up comedy and jokes",
            "Стендап и шутки",
            "Funny prank compilation",
            "Смешные приколы и розыгрыш",
        ),
    ),
    Subject(
        "news",
        "News and politics",
        "Новости и политика",
        (
            "Breaking news about the president and government",
            "Новости: заявление президента",
            "Elections, war and diplomacy",
            "Выборы, война и санкции",
        ),
    ),
    Subject(
        "money",
        "Business and money",
        "Бизнес и деньги",
        (
            "How to invest money in stocks",
            "Как заработать и вложить деньги",
            "Business and marketing for entrepreneurs",
            "Бизнес, экономика и банки",
        ),
    ),
    Subject(
        "home",
        "Home and handiwork",
        "Дом и рукоделие",
        (
            "Do it yourself home repair",
            "Ремонт квартиры своими руками",
            "Garden and vegetable growing",
            "Дача, огород и рассада",
        ),
    ),
    Subject(
        "children",
        "Children and family",
        "Дети и семья",
        (
            "Cartoon and songs for kids",
            "Мультики и сказки для детей",
            "Toys for toddlers",
            "Воспитание ребёнка, беременность и роды",
        ),
    ),
    Subject(
        "art",
        "Art and design",
        "Искусство и дизайн",
        (
            "How to draw a portrait",
            "Как рисовать акварелью",
            "Painting, sculpture and museum",
            "Дизайн и фотография",
        ),
    ),
    Subject(
        "history",
        "History",
        "История",
        (
            "History of the Roman empire",
            "История России и Средневековье",
            "World War II documentary",
            "Документальный фильм о Великой Отечественной войне",
        ),
    ),
    Subject(
        "mind",
        "Psychology and relations",
        "Психология и отношения",
        (
            "Psychology of relationships and self-esteem",
            "Психолог об отношениях и тревоге",
            "Motivation and productive habits",
            "Мотивация и полезные привычки",
        ),
    ),
    Subject(
        "life",
        "Everyday life",
        "Повседневная жизнь",
        (
            "A day in my life vlog",
            "Влог: мой день",
            "Answering your questions about my life",
            "Отвечаю на вопросы подписчиков",
        ),
    ),
)
CODES = tuple(subject.code for subject in SUBJECTS)
EXAMPLES = tuple(example for subject in SUBJECTS for example in subject.examples)
EXAMPLES_EACH = 4
