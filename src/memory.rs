//! Memory that is not needed any more goes back to the system.

/// Gives back what the allocator keeps in reserve. Starting up takes megabytes that nothing needs afterwards, and a quiet server frees
/// nothing that would make the allocator look.
pub fn give_back() {
    // SAFETY: it may be called at any time and from any thread; it frees what nobody uses, and touches nothing else.
    unsafe { libmimalloc_sys::mi_collect(true) }
}
