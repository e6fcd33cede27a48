/// How much JSON is taken.
struct JSONLimits {
    /// Objects and arrays inside each other. Reading goes as deep on the stack.
    let depthMax: Int
    /// Values of all kinds, the names of members among them.
    let valueCountMax: Int

    /// The header of a token: a dozen members, perhaps with a certificate's chain.
    static let tokenHeader = JSONLimits(depthMax: 4, valueCountMax: 128)

    /// The claims of a token: some issuers list hundreds of groups.
    static let claims = JSONLimits(depthMax: 16, valueCountMax: 2_048)

    /// A set of keys.
    static let keySet = JSONLimits(depthMax: 8, valueCountMax: 16_384)
}
