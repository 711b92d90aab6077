using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace AbstractReview.Web.Tests.Operation;

/// <summary>Keeps every line a server logs, with its values, scopes and exceptions, from a level on.</summary>
internal sealed class KeptLog(LogLevel least) : ILoggerProvider, ISupportExternalScope
{
    private IExternalScopeProvider _scopes = new LoggerExternalScopeProvider();

    public ConcurrentQueue<string> Lines { get; } = [];

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    public void Dispose() { }

    private sealed class Logger(KeptLog log, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => log._scopes.Push(state);

        public bool IsEnabled(LogLevel logLevel) => logLevel >= log.Least;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!IsEnabled(logLevel)) return;
            var scopes = new List<string>();
            log._scopes.ForEachScope((scope, into) => into.Add(Words(scope)), scopes);
            log.Lines.Enqueue($"{logLevel} {category}: {formatter(state, exception)} | {Words(state)} | {string.Join(", ", scopes)} | {exception}");
        }

        private static string Words(object? state) => state is IEnumerable<KeyValuePair<string, object?>> values ? string.Join(", ", values.Select(v => $"{v.Key}={v.Value}")) : $"{state}";
    }

    private LogLevel Least => least;
}
