/// One metric as Prometheus sees it: its name, its kind, and what it means.
enum MetricFamily: CaseIterable {
    enum Kind {
        case counter, gauge, histogram

        var name: StaticString {
            switch self {
            case .counter: "counter"
            case .gauge: "gauge"
            case .histogram: "histogram"
            }
        }
    }

    case requests, requestDuration, ownTime, receivedBytes, sentBytes
    case clientsAccepted, clientsOpen, handshakes
    case limitHits, authRefusals, refusals, regexBudgetExceeded
    case webSocketsOpened, webSocketsOpen, webSocketDuration, webSocketMessages, webSocketBytes
    case webSocketMessageSize, webSocketCloses, webSocketPingTime
    case streamsOpened, streamsOpen, streamDuration, streamEvents, streamBytes
    case upstreamDuration, upstreamRetries, upstreamUnavailable, fallbackAnswers
    case upstreamRequests, upstreamActiveRequests, upstreamConnects, upstreamFailures
    case dialTimeouts
    case upstreamEjections, upstreamEjectedWorkers, upstreamUp, healthChecks
    case loopLag, workerClients, workers, ready
    case tableInfo, tableRoutes, tableLoadDuration, tableLoadTime, reloads
    case logDroppedLines, buildInfo, alert, alertNotifications
    case processCPU, processResidentMemory, processVirtualMemory, processDescriptors
    case processDescriptorsMax, processStartTime

    var kind: Kind {
        switch self {
        case .requestDuration, .ownTime, .webSocketDuration, .webSocketMessageSize,
            .webSocketPingTime, .streamDuration, .upstreamDuration, .loopLag:
            .histogram
        case .clientsOpen, .webSocketsOpen, .streamsOpen, .upstreamActiveRequests,
            .upstreamEjectedWorkers, .upstreamUp, .workerClients, .workers, .ready, .tableInfo,
            .tableRoutes, .tableLoadDuration, .tableLoadTime, .buildInfo, .processResidentMemory,
            .processVirtualMemory, .processDescriptors, .processDescriptorsMax, .processStartTime,
            .alert:
            .gauge
        default: .counter
        }
    }

    var name: StaticString { text.name }
    var help: StaticString { text.help }

    private var text: (name: StaticString, help: StaticString) {
        switch self {
        case .requests:
            (
                "wsproxy_requests_total",
                "Requests that ended, streams too. route is empty where no route took it."
            )
        case .requestDuration:
            (
                "wsproxy_request_duration_seconds",
                "From the first byte of a request to the last of its answer; without streams."
            )
        case .ownTime:
            (
                "wsproxy_own_duration_seconds",
                "What the proxy itself took for a request, both ways together."
            )
        case .receivedBytes:
            (
                "wsproxy_received_bytes_total",
                "Bytes of requests that ended; without WebSockets and event streams."
            )
        case .sentBytes:
            (
                "wsproxy_sent_bytes_total",
                "Bytes of answers that ended; without WebSockets and event streams."
            )
        case .clientsAccepted: ("wsproxy_client_connections_total", "Clients that were accepted.")
        case .clientsOpen: ("wsproxy_client_connections", "Clients that are connected.")
        case .handshakes: ("wsproxy_tls_handshakes_total", "TLS handshakes by side and result.")
        case .limitHits: ("wsproxy_limit_hits_total", "Limits that refused or ended something.")
        case .authRefusals:
            ("wsproxy_auth_refusals_total", "Requests that auth refused, by reason.")
        case .refusals:
            ("wsproxy_refusals_total", "Requests that other guards refused, by reason.")
        case .regexBudgetExceeded:
            (
                "wsproxy_regex_budget_exceeded_total",
                "Requests answered with 503 because a regex ran out of steps."
            )
        default: streamText
        }
    }

    private var streamText: (name: StaticString, help: StaticString) {
        switch self {
        case .webSocketsOpened: ("wsproxy_websocket_connections_total", "WebSockets that opened.")
        case .webSocketsOpen: ("wsproxy_websocket_connections", "WebSockets that are open.")
        case .webSocketDuration:
            ("wsproxy_websocket_duration_seconds", "How long WebSockets that ended were open.")
        case .webSocketMessages:
            (
                "wsproxy_websocket_messages_total",
                "Messages by who sent them; only of routes whose frames are read."
            )
        case .webSocketBytes:
            ("wsproxy_websocket_bytes_total", "Bytes after the upgrade, by who sent them.")
        case .webSocketMessageSize:
            (
                "wsproxy_websocket_message_size_bytes",
                "Sizes of messages, by who sent them; only of routes whose frames are read."
            )
        case .webSocketCloses:
            (
                "wsproxy_websocket_closes_total",
                "Ends of WebSockets by who ended them and code; 1005 had no code, 1006 no Close."
            )
        case .webSocketPingTime:
            (
                "wsproxy_websocket_ping_rtt_seconds",
                "From a ping of the proxy to the peer's pong."
            )
        case .streamsOpened: ("wsproxy_sse_streams_total", "Event streams that began.")
        case .streamsOpen: ("wsproxy_sse_streams", "Event streams that are open.")
        case .streamDuration:
            ("wsproxy_sse_duration_seconds", "How long event streams that ended were open.")
        case .streamEvents: ("wsproxy_sse_events_total", "Events that were passed on.")
        case .streamBytes: ("wsproxy_sse_bytes_total", "Bytes of event streams.")
        default: upstreamText
        }
    }

    private var upstreamText: (name: StaticString, help: StaticString) {
        switch self {
        case .upstreamDuration:
            (
                "wsproxy_upstream_duration_seconds",
                "From handing a request over, the dial included, to the head of its answer."
            )
        case .upstreamRetries:
            ("wsproxy_upstream_retries_total", "Attempts at requests after the first.")
        case .upstreamUnavailable:
            ("wsproxy_upstream_unavailable_total", "Requests for which no backend was left.")
        case .fallbackAnswers:
            (
                "wsproxy_fallback_answers_total",
                "Requests that something else answered for their service, by what that was."
            )
        case .upstreamRequests:
            ("wsproxy_upstream_requests_total", "Requests given to a backend.")
        case .upstreamActiveRequests:
            ("wsproxy_upstream_active_requests", "Requests under way at a backend.")
        case .upstreamConnects:
            ("wsproxy_upstream_connects_total", "Connections dialled to a backend, by result.")
        case .dialTimeouts:
            (
                "wsproxy_dial_timeouts_total",
                "Attempts to reach a backend that took longer than dial_timeout, by stage."
            )
        case .upstreamFailures:
            (
                "wsproxy_upstream_failures_total",
                "Requests that a backend did not answer as it should."
            )
        case .upstreamEjections:
            ("wsproxy_upstream_ejections_total", "Ejections of a backend, by each worker.")
        case .upstreamEjectedWorkers:
            (
                "wsproxy_upstream_ejected_workers",
                "Workers that send a backend nothing at the moment."
            )
        case .healthChecks: ("wsproxy_health_checks_total", "Health checks by result.")
        case .upstreamUp:
            ("wsproxy_upstream_up", "0 if the health checks say that a backend is not to be used.")
        default: processText
        }
    }

    private var processText: (name: StaticString, help: StaticString) {
        switch self {
        case .loopLag:
            (
                "wsproxy_worker_loop_lag_seconds",
                "How long a message to the worker waited until its loop came round."
            )
        case .workerClients: ("wsproxy_worker_client_connections", "Clients of each worker.")
        case .workers: ("wsproxy_workers", "Worker threads.")
        case .ready: ("wsproxy_ready", "1 while /readyz says so.")
        case .tableInfo: ("wsproxy_table_info", "The table in use, as labels.")
        case .tableRoutes: ("wsproxy_table_routes", "Routes of the table in use.")
        case .tableLoadDuration:
            (
                "wsproxy_table_load_duration_seconds",
                "What loading and verifying the table took, certificates and keys included."
            )
        case .tableLoadTime:
            ("wsproxy_table_load_timestamp_seconds", "When the table in use was loaded.")
        case .reloads: ("wsproxy_reloads_total", "Reloads by result.")
        case .logDroppedLines:
            (
                "wsproxy_log_dropped_lines_total",
                "Log lines lost because their reader did not keep up."
            )
        case .alertNotifications:
            (
                "wsproxy_alert_notifications_total",
                "Attempts to call the webhook of an alert, and notices that were not sent."
            )
        case .alert: ("wsproxy_alert", "1 while an alert of the table fires.")
        case .buildInfo: ("wsproxy_build_info", "The version that runs, as a label.")
        case .processCPU: ("process_cpu_seconds_total", "User and system time of the process.")
        case .processResidentMemory: ("process_resident_memory_bytes", "Resident memory.")
        case .processVirtualMemory: ("process_virtual_memory_bytes", "Address space.")
        case .processDescriptors: ("process_open_fds", "Open descriptors.")
        case .processDescriptorsMax: ("process_max_fds", "Limit of open descriptors.")
        case .processStartTime: ("process_start_time_seconds", "When the process started.")
        default: preconditionFailure("a metric without a name")
        }
    }
}
