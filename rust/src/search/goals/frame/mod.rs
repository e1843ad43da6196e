//! What goals have in common: the interface, what they are shown, and how they write answers. Knows no goal.

pub mod dispatch;
pub mod goal;
pub mod metered;
pub mod partial_fits;
pub mod properties;
pub mod sample_elements;
pub mod sample_grids;
pub mod sample_patches;
pub mod shapes;
pub mod source;
pub mod splitting;
pub mod steps;
pub mod target;
pub mod task;
pub mod workbench;
