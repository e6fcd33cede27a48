extension LoadedTable {
    /// Whether `%2F` and `%5C` are part of their segment (`encoded_slash: keep`).
    package var keepsEncodedSlash: Bool { pathRules.keepsEncodedSlash }
}
