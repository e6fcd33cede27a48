/// The keys of session tickets that are good at one time: one seals, and it and the one before it
/// open.
///
/// A ticket lives no longer than a key seals (``periodMilliseconds``), so every ticket is good for as
/// long as it says. Who steals the keys of a process can read the sessions of two periods, not of all
/// the time that it ran.
struct TicketKeyRing: Sendable {
    /// How long one key seals: OpenSSL's lifetime of a session, two hours.
    static let periodMilliseconds: UInt64 = 2 * 3_600 * 1_000

    private(set) var current = TicketKey.random()
    private(set) var previous: TicketKey?
    /// When ``current`` gives way; nil until somebody has looked at the clock.
    private var due: MonotonicMilliseconds?

    /// Makes a new key where it is due.
    ///
    /// - Returns: Milliseconds until the next one is.
    mutating func advance(to now: MonotonicMilliseconds) -> UInt64 {
        guard let due else {
            self.due = now + Self.periodMilliseconds
            return Self.periodMilliseconds
        }
        guard now >= due else { return due - now }
        // After a sleep of two periods nobody may come back with a ticket from before it.
        previous = now < due + Self.periodMilliseconds ? current : nil
        current = TicketKey.random()
        self.due = now + Self.periodMilliseconds
        return Self.periodMilliseconds
    }
}
