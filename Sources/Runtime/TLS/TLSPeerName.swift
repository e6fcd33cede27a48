internal import Glibc

/// The name of an upstream: what it is asked for (SNI, RFC 6066, 3) and what its certificate must
/// hold.
package struct TLSPeerName: Equatable, Sendable {
    /// Ends with a NUL.
    let bytes: [CChar]
    /// Address literals are verified as such and never sent as SNI.
    let isAddress: Bool

    /// - Parameter name: A host name without port, or an address literal, with or without brackets.
    package init(_ name: String) {
        let isBracketed = name.hasPrefix("[") && name.hasSuffix("]")
        let text = isBracketed ? String(name.dropFirst().dropLast()) : name
        bytes = Array(text.utf8CString)
        isAddress = SocketAddress(literal: text, port: 0) != nil
    }

    /// - Parameter authority: The same, or with a port behind it.
    package init(authority: String) {
        guard let colon = authority.lastIndex(of: ":"),
            authority.hasPrefix("[")
                ? authority[..<colon].hasSuffix("]") : authority.firstIndex(of: ":") == colon
        else {
            self.init(authority)
            return
        }
        self.init(String(authority[..<colon]))
    }
}
