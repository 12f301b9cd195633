"""Words that carry grammar rather than meaning, Russian and English; our own lists.

They end key phrases, and their share in a text tells its language. Letters as `words.folded` leaves
them: lower case, `е` for `ё`. With every change the `producer_version` of each component that reads
them goes up (R-307).
"""

_ENGLISH = """
    a about above across after again against all almost along already also although always am among
    an and another any anybody anyone anything are aren't around as at away back be became because
    become been before behind being below between both but by came can can't cannot come could
    couldn't did didn't do does doesn't doing don't done down during each either else enough even
    ever every everybody everyone everything few for from further get gets getting give go goes
    going gone got had hadn't has hasn't have haven't having he he's her here here's hers herself
    him himself his how however i i'd i'll i'm i've if in instead into is isn't it it's its itself
    just keep know last least less let let's like made make makes many may maybe me might mine more
    most much must my myself near need neither never next no nobody none nor not nothing now of off
    often on once one ones only onto or other others our ours ourselves out over own part per
    perhaps put quite rather really said same say see seem seems shall she she's should shouldn't
    since so some somebody someone something sometimes somewhere still such take than that that's
    the their theirs them themselves then there there's these they they're they've thing things this
    those though through thus to together too toward towards try under until up upon us use used
    using very via want was wasn't way we we'll we're we've well went were weren't what what's when
    where whether which while who who's whole whom whose why will with within without won't would
    wouldn't yes yet you you'd you'll you're you've your yours yourself
"""

_RUSSIAN = """
    а абсолютно без безусловно благодаря более больше будем будет будете будешь будто буду будут
    будучи бы был была были было быть в вам вами вас ваш ваша ваше вашего вашей ваши ваших вашу
    вдруг ведь весь вместо вне во возможно вокруг вообще вот впрочем все всегда всего всей всем
    всеми всему всех всю вся всякий вчера вы выше где да давай давайте даже далее два две для до
    довольно должен должна должно должны другая другие других другое другой его едва ее ей ему если
    есть еще ж же за завтра зато затем зачем здесь и из изза или им ими иногда их к каждая каждое
    каждые каждый каждого каждой как какая какие каким каких какое какой какую кем когда кого ком
    кому конечно которая которого которое которой котором которому которую которые который которым
    которыми которых кроме кто куда ли либо лишь любая любой любые между меня менее меньше мне мной
    мог могла могли может можете можно мои моих мой моя моего моей мое мочь мы на над надо назад
    наконец нам нами нас насколько наш наша наше нашего нашей наши наших нашу не него нее ней
    некоторые немного нему нет нечто ни нибудь нигде никогда никто ним ними них ничего но ну
    нужно нужна нужен нужны о об оба обо обычно один одна одни одно одного одной около он она они
    оно опять от отсюда очень первый перед по под пожалуй пока после потом потому почему почти при
    про просто против пусть раз разве с сам сама сами само самого самой самом самому самые самый
    свое своего своей своем своему свои своим своих свой свою своя себе себя сегодня сейчас сих
    сквозь сколько скоро слишком снова со собой совсем столь сразу среди стал стала стали стало
    так такая также такие таких такого такое такой там твой твоя твои твое те тебе тебя тем теми
    теперь то тобой тогда того тоже той только том тому тот тою туда тут ты у уж уже хотя хоть
    хочу хочет чаще чего чей чем через что чтоб чтобы чуть чье чья эта эти этим этими этих это
    этого этой этом этому этот эту я
"""

ENGLISH = frozenset(_ENGLISH.split())
RUSSIAN = frozenset(_RUSSIAN.split())
ALL = ENGLISH | RUSSIAN
