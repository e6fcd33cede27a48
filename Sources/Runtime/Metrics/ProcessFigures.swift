internal import Glibc

/// What the kernel says of this process.
struct ProcessFigures {
    /// User and system time, in microseconds.
    let processorMicroseconds: UInt64
    let residentBytes: UInt64
    let virtualBytes: UInt64
    let descriptorCount: UInt64
    let descriptorCountMax: UInt64
    /// Milliseconds since 1970.
    let startMilliseconds: UInt64

    /// Asks the kernel. Before Linux 6.2 counting the descriptors takes time that grows with their number.
    ///
    /// - Parameter startMilliseconds: When the process started, since 1970.
    static func now(startMilliseconds: UInt64) -> ProcessFigures {
        var usage = rusage()
        var limit = rlimit()
        // SAFETY: both calls write one record each, which lives on this frame.
        unsafe getrusage(RUSAGE_SELF.rawValue, &usage)
        unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        let pages = memoryPages()
        let pageBytes = UInt64(clamping: sysconf(Int32(_SC_PAGESIZE)))
        return ProcessFigures(
            processorMicroseconds: microseconds(usage.ru_utime) + microseconds(usage.ru_stime),
            residentBytes: pages.resident * pageBytes, virtualBytes: pages.size * pageBytes,
            descriptorCount: descriptors(), descriptorCountMax: UInt64(limit.rlim_cur),
            startMilliseconds: startMilliseconds)
    }

    private static func microseconds(_ time: timeval) -> UInt64 {
        UInt64(clamping: time.tv_sec) * 1_000_000 + UInt64(clamping: time.tv_usec)
    }

    /// The first two numbers of `/proc/self/statm`; zeros where there is no `/proc`.
    private static func memoryPages() -> (size: UInt64, resident: UInt64) {
        // SAFETY: the call reads a literal.
        let descriptor = unsafe open("/proc/self/statm", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return (0, 0) }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 128)
        // SAFETY: the count is the array's.
        let count = unsafe read(descriptor, &bytes, bytes.count)
        var numbers: [UInt64] = []
        for word in bytes.prefix(max(0, count)).split(separator: UInt8(ascii: " ")).prefix(2) {
            numbers.append(word.reduce(0) { $0 &* 10 &+ UInt64($1 &- UInt8(ascii: "0")) })
        }
        return numbers.count == 2 ? (numbers[0], numbers[1]) : (0, 0)
    }

    /// How many descriptors are open. 0 where there is no `/proc`.
    static func descriptors() -> UInt64 {
        var status = stat()
        // Linux tells the number since 6.2; before, they have to be counted.
        // SAFETY: the call reads a literal and writes one record, which lives on this frame.
        if unsafe stat("/proc/self/fd", &status) == 0, status.st_size > 0 {
            return UInt64(status.st_size)
        }
        // SAFETY: the directory is closed below and used nowhere else.
        guard let directory = unsafe opendir("/proc/self/fd") else { return 0 }
        defer { unsafe closedir(directory) }
        var count: UInt64 = 0
        while unsafe readdir(directory) != nil { count += 1 }
        // `.`, `..`, and the directory itself.
        return count > 3 ? count - 3 : 0
    }
}
