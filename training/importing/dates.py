"""Days and times as apps write them: by the lifter's language, and by the whole file's order."""

import re
import unicodedata
from datetime import datetime

from training.importing.cells import Unreadable, shown

# The months of the languages that exporting apps have: long, short, and in other cases. A slash
# parts spellings of one month; accents, case and points at the end make no difference.
MONTHS = """
january february march april may june july august september october november december
jan feb mar apr may jun jul aug sep/sept oct nov dec
enero febrero marzo abril mayo junio julio agosto septiembre/setiembre octubre noviembre diciembre
ene feb mar abr may jun jul ago sep/sept/set oct nov dic
janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro
jan fev mar abr mai jun jul ago set out nov dez
janvier février mars avril mai juin juillet août septembre octobre novembre décembre
janv/jan févr/fév mars/mar avr mai juin/jun juil août/aou sept/sep oct nov déc
januar/jänner februar/feber märz april mai juni juli august september oktober november dezember
jan/jän feb mär/mrz/maer apr mai jun jul aug sep/sept okt nov dez
gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre
gen feb mar apr mag giu lug ago set/sett ott nov dic
januari februari maart april mei juni juli augustus september oktober november december
jan feb mrt/maa apr mei jun jul aug sep okt nov dec
styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik listopad grudzień
stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia
sty lut mar kwi maj cze/czer lip sie/sier wrz paź/paźdz lis/list gru/grudz
ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık
oca şub mar nis may haz tem ağu/ağus eyl eki kas ara
январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь
января февраля марта апреля мая июня июля августа сентября октября ноября декабря
янв фев/февр мар апр май/мая июн июл авг сен/сент окт ноя/нояб дек
一月 二月 三月 四月 五月 六月 七月 八月 九月 十月 十一月 十二月
"""

LONGEST = 80
LATE = {"pm", "nachm", "ös", "дня", "вечера", "下午", "晚上", "午後", "오후", "nm", "popołudniu"}
EARLY = {"am", "vorm", "öö", "ночи", "утра", "上午", "早上", "凌晨", "午前", "오전", "vm", "rano"}

NUMERIC = re.compile(
    r"(?<!\d)(?P<year>\d{4})[./\-]\s?(?P<month>\d{1,2})[./\-]\s?(?P<day>\d{1,2})(?!\d)"
    r"|(?<!\d)(?P<first>\d{1,2})(?P<sign>[./\-])\s?(?P<second>\d{1,2})(?P=sign)\s?"
    r"(?P<last>\d{4}|\d{2})(?!\d)"
)
TIME = re.compile(
    r"(?<!\d)(\d{1,2})\s?[:h時时시点點]\s?(\d{2})(?:\s?[:m分분]\s?(\d{2}))?(?:\.\d+)?[分秒분초]?"
)
DOTTED_TIME = re.compile(r"[\s,](\d{1,2})\.(\d{2})(?:\.(\d{2}))?$")
CJK_MONTH = re.compile(r"(\d{1,2})\s?[月월]")


def plain(word: str) -> str:
    """Spell a word without case, accents, and the dot of a Turkish i."""
    spelled = unicodedata.normalize("NFKD", word.casefold().replace("ı", "i"))
    bare = "".join(letter for letter in spelled if not unicodedata.combining(letter))
    return unicodedata.normalize("NFC", bare)


def _months() -> dict[str, int]:
    found = {}
    for names in MONTHS.split("\n")[1:-1]:
        for month, spellings in enumerate(names.split(), 1):
            for spelling in spellings.split("/"):
                if found.setdefault(plain(spelling), month) != month:
                    raise AssertionError(f"{spelling} is two months")
    return found


MONTH_OF = _months()
LATE_WORDS, EARLY_WORDS = set(map(plain, LATE)), set(map(plain, EARLY))


class Dates:
    """The dates of one file, of which all together tell whether the day or the month is first."""

    def __init__(self):
        self.day_first = self.month_first = 0
        # How often a date is earlier or later than the one before, read either way.
        self.turns = {True: [0, 0], False: [0, 0]}
        self.before = {True: None, False: None}

    def look(self, text: str) -> None:
        """Take note of a date before any is read."""
        if (
            text[4:5] == "-"
            or len(text) > LONGEST
            or not (match := NUMERIC.search(text))
            or match["year"]
        ):
            return
        first, second = int(match["first"]), int(match["second"])
        if max(first, second) > 12:
            self.day_first += second <= 12 < first <= 31
            self.month_first += first <= 12 < second
            return
        for day_first, turns in self.turns.items():
            month, day = (second, first) if day_first else (first, second)
            now = (_year(match["last"]), month, day)
            before = self.before[day_first] or now
            turns[0] += now < before
            turns[1] += now > before
            self.before[day_first] = now

    @property
    def is_day_first(self) -> bool:
        """Whether 5/3 is in March: by dates that can be only one, else by the file's order.

        A file goes forward or backward in time; read the wrong way, it goes back and forth.
        """
        if self.day_first != self.month_first:
            return self.day_first > self.month_first
        disorder = {day_first: min(turns) for day_first, turns in self.turns.items()}
        return disorder[True] <= disorder[False]

    def read(self, text: str) -> tuple[datetime, bool]:
        """Return a moment and whether the text has a clock; without one it is noon.

        Raises Unreadable for what is no date.
        """
        text = " ".join(text.split())
        if not text:
            raise Unreadable("This row has no date.")
        try:
            if len(text) > LONGEST:
                raise ValueError("no date")
            moment, clock = _iso(text) or self._read(text)
        except Unreadable:
            raise
        except ValueError:
            raise Unreadable(f"“{shown(text)}” is not a date.") from None
        return (moment if clock else moment.replace(hour=12)), clock

    def _read(self, text: str) -> tuple[datetime, bool]:
        time = TIME.search(text) or DOTTED_TIME.search(text)
        rest = text if time is None else f"{text[: time.start()]} {text[time.end() :]}"
        words = [plain(word) for word in re.findall(r"[^\W\d_]+", _joined(rest))]
        if match := NUMERIC.search(rest):
            year, month, day = self._numeric(match)
        else:
            year, month, day = _written(rest, words)
        if time is None:
            return datetime(year, month, day), False
        hour, minute, second = (int(part or 0) for part in time.groups())
        if LATE_WORDS.intersection(words):
            hour += 12 if hour < 12 else 0
        elif EARLY_WORDS.intersection(words) and hour == 12:
            hour = 0
        return datetime(year, month, day, hour, minute, second), True

    def _numeric(self, match) -> tuple[int, int, int]:
        if match["year"]:
            return int(match["year"]), int(match["month"]), int(match["day"])
        first, second = int(match["first"]), int(match["second"])
        day, month = (first, second) if self.is_day_first else (second, first)
        if month > 12 >= day:
            order = "day before the month" if self.is_day_first else "month before the day"
            raise Unreadable(f"“{shown(match[0])}” is no date in a file with the {order}.")
        return _year(match["last"]), month, day


def _iso(text: str) -> tuple[datetime, bool] | None:
    try:
        return datetime.fromisoformat(text), len(text) > 10
    except ValueError:
        return None


def _year(text: str) -> int:
    # As strptime reads two digits.
    return int(text) + (0 if len(text) == 4 else 1900 if text > "68" else 2000)


def _joined(text: str) -> str:
    """Write "p. m." and "po południu" as one word."""
    text = re.sub(r"\b([ap])\.?\s?m\b", r"\1m", text, flags=re.IGNORECASE)
    return re.sub(r"\bpo południu\b", "popołudniu", text, flags=re.IGNORECASE)


def _written(text: str, words: list[str]) -> tuple[int, int, int]:
    """Read a date whose month is a word, whatever stands around it."""
    if match := CJK_MONTH.search(text):
        month = int(match[1])
        text = f"{text[: match.start()]} {text[match.end() :]}"
    else:
        # The last one, for "mar. 5 mars" begins with a Tuesday.
        month = next((MONTH_OF[word] for word in reversed(words) if word in MONTH_OF), None)
    numbers = re.findall(r"\d+", text)
    years = [one for one in numbers if len(one) == 4]
    days = [one for one in numbers if len(one) <= 2]
    if month is None or len(years) != 1 or len(days) != 1:
        raise ValueError("no date")
    return int(years[0]), month, int(days[0])
