//! Sorting as Python sorts: to be written.
