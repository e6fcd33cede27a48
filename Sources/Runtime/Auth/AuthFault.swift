/// Why a guard can't be made: a clause without a full stop.
struct AuthFault: Error, Equatable {
    let message: String

    init(_ message: String) { self.message = message }
}
