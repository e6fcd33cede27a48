/// One `--listen ADDR:PORT[=CONFIGPORT]`.
package struct ListenOption: Equatable, Sendable {
    /// Where to bind. Port 0 lets the kernel choose.
    package let address: SocketAddress
    /// The port that what comes in counts as having come in on; nil: the one that it is bound to.
    package let configPort: UInt16?

    package init(address: SocketAddress, configPort: UInt16?) {
        self.address = address
        self.configPort = configPort
    }

    /// - Returns: nil if the text is not an address literal with a port.
    package init?(parsing text: String) {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard let address = SocketAddress(parsing: parts[0]) else { return nil }
        guard parts.count == 2 else {
            self.init(address: address, configPort: nil)
            return
        }
        guard let port = UInt16(parts[1]), port > 0, !parts[1].hasPrefix("+") else { return nil }
        self.init(address: address, configPort: port)
    }
}
