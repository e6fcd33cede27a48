/// What a step of a guard program says.
enum GuardVerdict {
    /// The next step is taken.
    case pass
    /// The request ends here.
    case answer(LocalAnswer)
    /// It is not known yet: the step has set the request aside by ``WorkerLoop/suspend(_:until:)`` and will
    /// say so by ``WorkerLoop/resume(_:_:)``.
    case suspended
}
