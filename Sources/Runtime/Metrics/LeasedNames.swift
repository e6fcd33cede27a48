/// Names that come and go, and their places: those of endpoints.
///
/// A place belongs to its name for as long as somebody uses it, and some time longer, so that figures go on where a
/// name comes back. Only then it is given to another one, with nothing counted in it.
struct LeasedNames {
    /// Names that nobody uses and that keep their places: those of the last few tables, perhaps.
    static let idleCountMax = 256

    private struct Holder {
        var label: [UInt8]
        var userCount: UInt32
    }

    private var places: [[UInt8]: UInt32] = [:]
    /// In the order of their places; nil where nobody has the place.
    private var holders: [Holder?] = []
    /// Places whose names nobody uses, the longest unused first.
    private var idle: [UInt32] = []
    private var free: [UInt32] = []
    private let countMax: Int

    /// - Parameters:
    ///   - other: What ``MetricSlot/other`` is called.
    ///   - none: The same for ``MetricSlot/none``.
    init(countMax: Int, other: [UInt8], none: [UInt8]) {
        self.countMax = countMax
        _ = take(other)
        _ = take(none)
    }

    /// The label of each place; nil where there is none.
    var labels: [[UInt8]?] { holders.map { $0?.label } }

    /// Whether somebody uses the name of each place.
    var uses: [Bool] { holders.map { ($0?.userCount ?? 0) > 0 } }

    /// The place of a name that is in use.
    func slot(of label: [UInt8]) -> MetricSlot {
        places[label].map { MetricSlot(rawValue: $0) } ?? .other
    }

    /// Somebody more uses a name.
    ///
    /// - Returns: Whether it has a place. If not there is none left.
    mutating func take(_ label: [UInt8]) -> Bool {
        if let known = places[label], var holder = holders[Int(known)] {
            if holder.userCount == 0 { idle.removeAll { $0 == known } }
            holder.userCount += 1
            holders[Int(known)] = holder
            return true
        }
        let place: UInt32
        if let last = free.popLast() {
            place = last
        } else if holders.count < countMax {
            place = UInt32(holders.count)
            holders.append(nil)
        } else {
            return false
        }
        places[label] = place
        holders[Int(place)] = Holder(label: label, userCount: 1)
        return true
    }

    /// Somebody has no more use for a name.
    mutating func giveBack(_ label: [UInt8]) {
        guard let place = places[label], var holder = holders[Int(place)], holder.userCount > 0
        else { preconditionFailure("a name is given back that nobody has taken") }
        holder.userCount -= 1
        holders[Int(place)] = holder
        if holder.userCount == 0 { idle.append(place) }
    }

    /// Takes the place of the name that nobody has used for longest, if that can't keep it: there are too many of them,
    /// or no place is left for `neededCount` names.
    ///
    /// - Returns: The place, which may still hold what was counted. Given to the next name.
    mutating func retire(neededCount: Int = 0) -> MetricSlot? {
        let isShort = free.count + countMax - holders.count < neededCount
        guard idle.count > Self.idleCountMax || isShort, !idle.isEmpty else { return nil }
        let place = idle.removeFirst()
        if let holder = holders[Int(place)] { places[holder.label] = nil }
        holders[Int(place)] = nil
        free.append(place)
        return MetricSlot(rawValue: place)
    }
}
