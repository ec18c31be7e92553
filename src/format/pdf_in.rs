//! x
use super::Options;
use crate::base::failure::Failure;
use crate::model::Draft;
pub(super) fn read(_bytes: &[u8], _options: &Options) -> Result<Draft, Failure> {
    Err(super::no_report())
}
