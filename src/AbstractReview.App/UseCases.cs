using AbstractReview.App.Storage;
using AbstractReview.Domain;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace AbstractReview.App;

/// <summary>A use case that changes something: it knows who asks and runs in one transaction.</summary>
public interface ICommand<out T> : IRequest<T>
{
    Actor By { get; }
}

/// <summary>A command that may touch hundreds of rows; see <see cref="Db.LongTransaction{T}"/>.</summary>
public interface ILongCommand<out T> : ICommand<T>;

/// <summary>A use case that only reads.</summary>
public interface IQuery<out T> : IRequest<T>
{
    Actor By { get; }
}

/// <summary>Registers the mediator and every handler of this assembly.</summary>
public static class UseCases
{
    public static IServiceCollection AddUseCases(this IServiceCollection services)
    {
        services.AddScoped<ServiceFactory>(provider => provider.GetService!);
        services.AddScoped<IMediator, Mediator>();
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(OneTransaction<,>));
        foreach (var handler in typeof(UseCases).Assembly.GetTypes().Where(t => t is { IsAbstract: false, IsGenericTypeDefinition: false }))
            foreach (var service in handler.GetInterfaces().Where(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IRequestHandler<,>)))
                services.AddTransient(service, handler);
        return services;
    }

    /// <summary>Every request type, for the tests that walk over all of them.</summary>
    public static IReadOnlyList<Type> Requests { get; } = typeof(UseCases).Assembly.GetTypes()
        .Where(t => !t.IsAbstract && t.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IRequest<>)))
        .OrderBy(t => t.FullName, StringComparer.Ordinal).ToList();
}

/// <summary>Wraps each command in its one transaction; queries pass through.</summary>
internal sealed class OneTransaction<TRequest, TResponse>(Db db) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : notnull
{
    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        using var span = Measures.Spans.StartActivity(typeof(TRequest).Name);
        return await (request switch
        {
            ILongCommand<TResponse> => db.LongTransaction(() => next(), cancellationToken),
            ICommand<TResponse> => db.Transaction(() => next(), cancellationToken),
            _ => next(),
        });
    }
}
