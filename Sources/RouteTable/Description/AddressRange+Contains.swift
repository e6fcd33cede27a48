extension RuntimeSettings.AddressRange {
    /// Whether the address lies in the range.
    package func contains(_ client: ClientAddress) -> Bool {
        let length = UInt64(prefixLength)
        if length <= 64 {
            let mask = length == 0 ? 0 : UInt64.max &<< (64 &- length)
            return length == 0 || (client.high ^ address.high) & mask == 0
        }
        let mask = length >= 128 ? UInt64.max : UInt64.max &<< (128 &- length)
        return client.high == address.high && (client.low ^ address.low) & mask == 0
    }
}
