import RouteTable

/// Where the token of a request stands.
enum TokenPlace: Equatable {
    /// Nowhere that is looked at.
    case none
    /// It can't be said which one is meant, or it is not written as it has to be.
    case unclear
    case at(ByteRange)
}
