internal import Glibc
internal import RouteTable

/// How long it takes to load a table that is in the page cache.
enum LoadRun {
    static func run(path: String, count: Int) -> Bool {
        var times: [Int64] = []
        for _ in 0..<count {
            let start = now()
            let table: LoadedTable
            do {
                table = try LoadedTable(path: path)
            } catch {
                print("\(path): refused: \(error)")
                return false
            }
            times.append(now() - start)
            precondition(table.byteCount > 0)
        }
        times.sort()
        print("load: best \(times[0] / 1000) µs, median \(times[count / 2] / 1000) µs of \(count)")
        return true
    }

    private static func now() -> Int64 {
        var time = timespec()
        // SAFETY: the call fills the structure.
        _ = unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}
