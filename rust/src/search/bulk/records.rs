//! Records: the values of an expression on all samples as a device has them.
//!
//! Grids lie as in [`crate::search::grids`]. Any other value is a slot, as [`crate::slots`] has it, one a sample or one
//! for all. A record starts at a multiple of 8.

use crate::search::form::Form;
use crate::search::grids::Values;
use crate::slots::{HEADER, MASK_BYTES, SEATS, put_slot, value_of};
use crate::value::Value;

/// Whether values were written.
pub enum Record {
    /// They were.
    Put,
    /// A device has no form for them; nothing was written.
    Formless,
}

/// Writes the values of an expression behind what is there.
pub fn put_record(bytes: &mut Vec<u8>, form: &Form, values: Values<'_>) -> Record {
    let start = bytes.len();
    let has_form = match (form, values) {
        (Form::Grid, Values::Grids(grids)) => {
            bytes.extend_from_slice(grids.bytes());
            true
        }
        (Form::Object | Form::Indices | Form::Color | Form::Count | Form::Truth | Form::Offset, plain) => match plain {
            Values::Plain(values, _) => values.iter().all(|value| put_slot(bytes, value)),
            Values::Grids(_) => false,
        },
        _ => false,
    };
    if !has_form {
        bytes.truncate(start);
        return Record::Formless;
    }
    bytes.resize(bytes.len().next_multiple_of(8), 0);
    Record::Put
}

/// The values of a record that holds no grids; None when they are not so many of that form.
pub fn values_of(record: &[u8], form: &Form, count: usize) -> Option<Vec<Value>> {
    let size = size_of(form)?;
    if record.len() != size.checked_mul(count)? {
        return None;
    }
    let values = record.chunks_exact(size).map(value_of);
    values.map(|value| value.filter(|value| form.admits(value))).collect()
}

/// Bytes of the slot of a single value that is no grid; None for any other form.
fn size_of(form: &Form) -> Option<usize> {
    match form {
        Form::Color | Form::Count | Form::Truth | Form::Offset => Some(HEADER),
        Form::Indices => Some(HEADER + MASK_BYTES),
        Form::Object => Some(HEADER + MASK_BYTES + SEATS),
        _ => None,
    }
}
