//! `chronotope extract --jsonl`: a pipe over an archive, in constant memory, on all cores.
//!
//! Lines travel in batches. A batch goes to whichever worker is free, and the place for its answer
//! into a queue, so that answers leave in the order of the questions. Both queues are short: who reads
//! waits for who works, and who works for who writes.

use std::io::{self, BufRead, BufReader, ErrorKind, Read, Write};
use std::num::NonZero;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use anyhow::Context as _;
use chronotope::archive::{Filter, Outcome};
use chronotope::extract::Layers;

/// A longer line is no document. Texts of files end at the same size.
const MAX_LINE: usize = 100 << 20;
/// Of one reading; a batch is what came in one, so that a line that comes alone is answered at once.
const CHUNK: usize = 1 << 18;
/// Batches that wait for each worker.
const QUEUE: usize = 4;
/// What is kept of a line that is too long: enough to find its id.
const CUT_TO: usize = 1 << 16;

/// Whole lines.
#[derive(Debug, Default)]
struct Batch {
    bytes: Vec<u8>,
    /// The end of each in `bytes`.
    lines: Vec<Line>,
    /// Of the first, from 1.
    first_number: u64,
}

#[derive(Debug, Clone, Copy)]
struct Line {
    end: usize,
    /// It was longer than [`MAX_LINE`], and this is its beginning.
    is_cut: bool,
}

/// What a batch comes to.
#[derive(Debug, Default)]
struct Answer {
    bytes: Vec<u8>,
    n_read: u64,
    n_bad: u64,
}

/// Filters standard input to standard output.
pub fn run(only: Layers, jobs: NonZero<usize>) -> anyhow::Result<()> {
    let input = Lines::new(io::stdin());
    let mut tally = Tally { out: io::stdout().lock(), n_read: 0, n_bad: 0 };
    let result =
        if jobs.get() == 1 { alone(input, only, &mut tally) } else { shared(input, only, jobs, &mut tally) };
    if tally.n_bad > 0 {
        let (n_bad, n_all) = (tally.n_bad, tally.n_read + tally.n_bad);
        eprintln!(
            "chronotope: {n_bad} of {n_all} lines could not be read; the records of kind “error” say why"
        );
    }
    match result {
        Err(Stop::HungUp) | Ok(()) => Ok(()),
        Err(Stop::Input(error)) => Err(error).context("standard input could not be read to its end"),
        Err(Stop::Output(error)) => Err(error).context("the results could not be written to standard output"),
    }
}

/// Why the run ends before its input does.
#[derive(Debug)]
enum Stop {
    Input(io::Error),
    Output(io::Error),
    /// Who reads the results has seen enough: no failure of ours.
    HungUp,
}

/// Writes answers and counts.
#[derive(Debug)]
struct Tally<W> {
    out: W,
    n_read: u64,
    n_bad: u64,
}

impl<W: Write> Tally<W> {
    fn write(&mut self, answer: &Answer) -> Result<(), Stop> {
        self.n_read += answer.n_read;
        self.n_bad += answer.n_bad;
        if answer.bytes.is_empty() {
            return Ok(());
        }
        self.out.write_all(&answer.bytes).and_then(|()| self.out.flush()).map_err(|error| {
            match error.kind() {
                ErrorKind::BrokenPipe => Stop::HungUp,
                _ => Stop::Output(error),
            }
        })
    }
}

fn alone(mut input: Lines<impl Read>, only: Layers, tally: &mut Tally<impl Write>) -> Result<(), Stop> {
    let mut filter = Filter::new(only);
    let (mut batch, mut answer) = (Batch::default(), Answer::default());
    while input.next(&mut batch).map_err(Stop::Input)? {
        read(&batch, &mut filter, only, &mut answer);
        tally.write(&answer)?;
    }
    Ok(())
}

type Work = (Batch, SyncSender<Answer>);

/// The threads are not waited for: one of them may wait for input that never comes, after who reads
/// the results has hung up.
fn shared(
    mut input: Lines<impl Read + Send + 'static>,
    only: Layers,
    jobs: NonZero<usize>,
    tally: &mut Tally<impl Write>,
) -> Result<(), Stop> {
    let (work_sender, work) = sync_channel::<Work>(jobs.get());
    let (order_sender, order) =
        sync_channel::<io::Result<Receiver<Answer>>>(jobs.get().saturating_mul(QUEUE));
    let work = Arc::new(Mutex::new(work));
    for _ in 0..jobs.get() {
        let work = Arc::clone(&work);
        thread::spawn(move || {
            let mut filter = Filter::new(only);
            loop {
                let next = work.lock().unwrap_or_else(PoisonError::into_inner).recv();
                let Ok((batch, sender)) = next else { return };
                let mut answer = Answer::default();
                read(&batch, &mut filter, only, &mut answer);
                // Nobody waits for it any more once the results are not wanted.
                let _ = sender.send(answer);
            }
        });
    }
    thread::spawn(move || {
        loop {
            let mut batch = Batch::default();
            match input.next(&mut batch) {
                Ok(false) => return,
                Ok(true) => {
                    let (sender, answer) = sync_channel(1);
                    if order_sender.send(Ok(answer)).is_err() || work_sender.send((batch, sender)).is_err() {
                        return;
                    }
                }
                Err(error) => {
                    let _ = order_sender.send(Err(error));
                    return;
                }
            }
        }
    });
    for answer in order {
        match answer.map_err(Stop::Input)?.recv() {
            Ok(answer) => tally.write(&answer)?,
            // A worker that died is a fault that `read` did not catch; nothing may be left out silently.
            Err(_) => {
                return Err(Stop::Output(io::Error::other(
                    "a worker ended early; this is a fault of Chronotope",
                )));
            }
        }
    }
    Ok(())
}

/// Reads all lines of a batch.
fn read(batch: &Batch, filter: &mut Filter, only: Layers, answer: &mut Answer) {
    *answer = Answer { bytes: std::mem::take(&mut answer.bytes), ..Answer::default() };
    answer.bytes.clear();
    let mut start = 0;
    for (line, number) in batch.lines.iter().zip(batch.first_number..) {
        let bytes = batch.bytes.get(start..line.end).unwrap_or_default();
        start = line.end;
        if line.is_cut {
            let message = format!("the line is longer than {} MB, the most that is read", MAX_LINE >> 20);
            Filter::unreadable(bytes, number, &message, &mut answer.bytes);
            answer.n_bad += 1;
            continue;
        }
        let n_bytes = answer.bytes.len();
        // One document must not end a run over millions, even by a fault of ours.
        let outcome = catch_unwind(AssertUnwindSafe(|| filter.line(bytes, number, &mut answer.bytes)));
        match outcome {
            Ok(Outcome::Read) => answer.n_read += 1,
            Ok(Outcome::Blank) => {}
            Ok(Outcome::Bad) => answer.n_bad += 1,
            Err(_) => {
                answer.bytes.truncate(n_bytes);
                *filter = Filter::new(only);
                let message = "a fault of Chronotope: please report it with this record";
                Filter::unreadable(bytes, number, message, &mut answer.bytes);
                answer.n_bad += 1;
            }
        }
    }
}

/// Cuts what comes in into batches of whole lines.
#[derive(Debug)]
struct Lines<R> {
    input: BufReader<R>,
    /// The beginning of a line whose end has not come yet.
    pending: Vec<u8>,
    next_number: u64,
}

impl<R: Read> Lines<R> {
    fn new(input: R) -> Self {
        Self { input: BufReader::with_capacity(CHUNK, input), pending: Vec::new(), next_number: 1 }
    }

    /// Fills a batch with the lines that are there, at least one; `false` at the end of the input.
    fn next(&mut self, batch: &mut Batch) -> io::Result<bool> {
        batch.bytes.clear();
        batch.lines.clear();
        batch.first_number = self.next_number;
        loop {
            let chunk = match self.input.fill_buf() {
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                chunk => chunk?,
            };
            let n_bytes = chunk.len();
            let mut rest = chunk;
            while !rest.is_empty() {
                let end = memchr::memchr(b'\n', rest).map(|at| at + 1);
                let (part, after) = rest.split_at(end.unwrap_or(rest.len()));
                rest = after;
                // Of a line that is too long one byte more is kept, which tells it from one that just fits.
                let room = (MAX_LINE + 1).saturating_sub(self.pending.len());
                let kept = part.get(..room).unwrap_or(part);
                if end.is_none() {
                    self.pending.extend_from_slice(kept);
                    continue;
                }
                batch.bytes.append(&mut self.pending);
                batch.bytes.extend_from_slice(kept);
                batch.end_line();
            }
            self.input.consume(n_bytes);
            if n_bytes == 0 && !self.pending.is_empty() {
                batch.bytes.append(&mut self.pending);
                batch.end_line();
            }
            if n_bytes == 0 || !batch.lines.is_empty() {
                self.next_number += batch.lines.len() as u64;
                return Ok(!batch.lines.is_empty());
            }
        }
    }
}

impl Batch {
    /// What has been added since the last line is one.
    fn end_line(&mut self) {
        let start = self.lines.last().map_or(0, |line| line.end);
        let is_cut = self.bytes.len() - start > MAX_LINE;
        if is_cut {
            self.bytes.truncate(start + CUT_TO);
        }
        self.lines.push(Line { end: self.bytes.len(), is_cut });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives its parts one a reading.
    struct Parts(Vec<&'static [u8]>);

    impl Read for Parts {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            if self.0.is_empty() {
                return Ok(0);
            }
            let part = self.0.remove(0);
            buffer[..part.len()].copy_from_slice(part);
            Ok(part.len())
        }
    }

    #[test]
    fn lines_come_whole_and_as_they_come() {
        let mut lines = Lines::new(Parts(vec![b"a\n", b"b\nc\nd", b"d", b"d\n\ne"]));
        let mut batch = Batch::default();
        let mut found = Vec::new();
        while lines.next(&mut batch).unwrap() {
            let mut start = 0;
            let cut = batch.lines.iter().map(|line| {
                let text = String::from_utf8(batch.bytes[start..line.end].to_vec()).unwrap();
                start = line.end;
                text
            });
            found.push((batch.first_number, cut.collect::<Vec<_>>()));
        }
        let expected = [(1, vec!["a\n"]), (2, vec!["b\n", "c\n"]), (4, vec!["ddd\n", "\n"]), (6, vec!["e"])];
        let found: Vec<(u64, Vec<&str>)> = found
            .iter()
            .map(|(number, lines)| (*number, lines.iter().map(String::as_str).collect()))
            .collect();
        assert_eq!(found, expected);
    }
}
