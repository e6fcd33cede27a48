import Validate

/// A protocol and a method, the latter as its bit.
struct RequestPoint: Equatable {
    let kind: MatchConditions.RequestKind
    let method: Int
}
