/// Which hosts a rule is for. Names are canonical: lower case, no trailing dot.
package enum HostPattern: Hashable, Sendable {
    /// A name or an address literal (IPv6 with its brackets).
    case exact(String)
    /// `*.example.com` (any depth, not the apex) or, with the apex, `.example.com`.
    /// `suffix` is `example.com`.
    case wildcard(suffix: String, includesApex: Bool)
    /// PCRE2 source, without `~` or `~*`.
    case regex(source: String, ignoresCase: Bool)
    /// `*`
    case any
}
