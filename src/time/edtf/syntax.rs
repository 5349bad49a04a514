//! What an EDTF string says, as a tree. No calendar arithmetic here: see `bounds`.

/// A whole EDTF string.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Expression {
    Date(Date),
    Interval(End, End),
    Set(SetKind, Vec<Member>),
}

/// One end of an interval.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum End {
    Date(Date),
    /// `..`: there is none; it goes on for ever.
    Open,
    /// Empty: there is one, but nobody knows when.
    Unknown,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum SetKind {
    /// `[…]`
    OneOf,
    /// `{…}`
    AllOf,
}

/// A member of a set.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Member {
    One(Date),
    /// `a..b`
    Range(Date, Date),
    /// `..b`
    OnOrBefore(Date),
    /// `a..`
    OnOrAfter(Date),
}

/// A year, or part of one, or a day, or a moment of a day.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Date {
    pub year: Year,
    pub year_qualifier: Qualifier,
    pub part: Option<YearPart>,
    pub part_qualifier: Qualifier,
    /// Only after a month.
    pub day: Option<Digits<2>>,
    pub day_qualifier: Qualifier,
    /// Only after a day without unspecified digits.
    pub time: Option<TimeOfDay>,
}

/// An astronomical year (0 is 1 BCE) or a range of them in which the year lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Year {
    Exact(i64),
    /// Four digits, some of them `X`.
    Masked {
        is_negative: bool,
        digits: Digits<4>,
    },
    /// `1950S2`: estimated, and known to lie in `first..=last`.
    Significant {
        estimate: i64,
        first: i64,
        last: i64,
    },
}

/// What stands after the year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum YearPart {
    Month(Digits<2>),
    /// 21–41: a season, quarter, third or half of a year.
    Grouping(u8),
}

/// A decimal number of fixed width; `None` is an unspecified digit (`X`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Digits<const N: usize>(pub [Option<u8>; N]);

impl<const N: usize> Digits<N> {
    pub fn min(self) -> i64 {
        self.filled_with(0)
    }

    pub fn max(self) -> i64 {
        self.filled_with(9)
    }

    fn filled_with(self, digit: u8) -> i64 {
        self.0.iter().fold(0, |value, d| value * 10 + i64::from(d.unwrap_or(digit)))
    }

    /// The number, if all digits are given.
    pub fn exact(self) -> Option<i64> {
        self.0.iter().all(Option::is_some).then(|| self.min())
    }

    pub fn is_all_unspecified(self) -> bool {
        self.0.iter().all(Option::is_none)
    }

    /// Whether `value` (not negative, at most `N` digits long) can be written so.
    pub fn matches(self, value: i64) -> bool {
        let mut rest = value;
        for digit in self.0.iter().rev() {
            if digit.is_some_and(|d| i64::from(d) != rest % 10) {
                return false;
            }
            rest /= 10;
        }
        rest == 0
    }
}

/// `?`, `~` and `%` on one component.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub(super) struct Qualifier {
    pub is_uncertain: bool,
    pub is_approximate: bool,
}

impl Qualifier {
    pub fn is_none(self) -> bool {
        self == Self::default()
    }

    pub fn union(self, other: Self) -> Self {
        Self {
            is_uncertain: self.is_uncertain || other.is_uncertain,
            is_approximate: self.is_approximate || other.is_approximate,
        }
    }
}

/// A time of day as written, with its zone; kept for printing, it never moves the date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct TimeOfDay {
    pub hour: u8,
    pub minute: u8,
    pub second: Option<u8>,
    pub zone: Zone,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Zone {
    /// No zone given.
    Local,
    Utc,
    Offset {
        is_negative: bool,
        hours: u8,
        minutes: Option<u8>,
    },
}

impl Date {
    /// The qualifiers of all components together.
    pub fn any_qualifier(&self) -> Qualifier {
        self.year_qualifier.union(self.part_qualifier).union(self.day_qualifier)
    }

    /// Whether any digit is unspecified, or only some digits are significant.
    pub fn is_unspecified(&self) -> bool {
        !matches!(self.year, Year::Exact(_))
            || matches!(self.part, Some(YearPart::Month(month)) if month.exact().is_none())
            || self.day.is_some_and(|day| day.exact().is_none())
    }

    /// 21–32: names a time of year whose first and last day are convention only.
    pub fn is_season(&self) -> bool {
        matches!(self.part, Some(YearPart::Grouping(21..=32)))
    }
}

impl Expression {
    /// All dates in it, in the order written.
    pub fn dates(&self) -> Vec<&Date> {
        match self {
            Self::Date(date) => vec![date],
            Self::Interval(start, end) => [start, end]
                .into_iter()
                .filter_map(|end| match end {
                    End::Date(date) => Some(date),
                    End::Open | End::Unknown => None,
                })
                .collect(),
            Self::Set(_, members) => members
                .iter()
                .flat_map(|member| match member {
                    Member::One(date) | Member::OnOrBefore(date) | Member::OnOrAfter(date) => {
                        vec![date]
                    }
                    Member::Range(a, b) => vec![a, b],
                })
                .collect(),
        }
    }
}
