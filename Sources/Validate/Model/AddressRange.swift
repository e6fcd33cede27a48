/// A CIDR: an address and how many of its leading bits count. IPv4 is held as `::ffff:a.b.c.d`,
/// with 96 added to its prefix length.
package struct AddressRange: Equatable, Sendable {
    /// Network order, sixteen bytes. Bits behind the prefix are zero.
    package let address: [UInt8]
    /// 0 to 128.
    package let prefixLength: Int

    /// - Precondition: `address` has sixteen bytes.
    package init(address: [UInt8], prefixLength: Int) {
        precondition(address.count == 16, "an address range holds sixteen bytes")
        self.address = address
        self.prefixLength = prefixLength
    }
}
