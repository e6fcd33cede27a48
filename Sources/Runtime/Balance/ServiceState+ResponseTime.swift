import RouteTable

/// The choice by how long answers take.
extension ServiceState {
    /// One of so many requests goes to the dearer one of two if nothing was heard of that for a while.
    private static let askingEvery: UInt64 = 8
    private static let drawSteps: UInt64 = 1 << 20

    /// One of two that are drawn, by what they cost.
    func pickFaster(
        from endpoints: [EndpointState], _ filter: EndpointFilter, random: inout RandomBits
    ) -> UInt32? {
        guard let (first, other) = drawTwo(from: endpoints, filter, random: &random) else {
            return nil
        }
        guard let other else { return first }
        return faster(
            first, other, of: endpoints, now: filter.request.nowMicroseconds, random: &random)
    }

    /// The cheaper of two, more likely so by the square of the ratio. It does not take all, for then averages would say
    /// who was lucky lately, and not who is better. The dearer one gets nothing while it has more to do as well, for it
    /// may have stalled; but one that was not heard of for a while is asked in any case.
    private func faster(
        _ first: UInt32, _ second: UInt32, of endpoints: [EndpointState], now: UInt64,
        random: inout RandomBits
    ) -> UInt32 {
        let costs = (endpoints[Int(first)].latencyCost, endpoints[Int(second)].latencyCost)
        let isFirst = costs.0 <= costs.1
        let (cheap, dear) = isFirst ? (first, second) : (second, first)
        let (low, high) = isFirst ? costs : (costs.1, costs.0)
        let dearCount = endpoints[Int(dear)].activeCount
        if endpoints[Int(dear)].latency.isSilent(isBusy: dearCount > 0, now: now),
            random.next(below: Self.askingEvery) == 0
        {
            return dear
        }
        guard low > 0, dearCount <= endpoints[Int(cheap)].activeCount else { return cheap }
        let part = Double(random.next(below: Self.drawSteps)) / Double(Self.drawSteps)
        return part * (low * low + high * high) < low * low ? dear : cheap
    }
}
