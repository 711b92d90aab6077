namespace AbstractReview.Domain;

/// <summary>One thing that is wrong: the field it is about (camelCase path as in the API, empty for the whole) and what to do about it.</summary>
public sealed record FieldError(string Field, string Message);

/// <summary>A rule said no, in words for the person who asked. Answered as 422.</summary>
public sealed class RuleBrokenException : Exception
{
    public RuleBrokenException(string message) : this([new FieldError("", message)]) { }

    public RuleBrokenException(string field, string message) : this([new FieldError(field, message)]) { }

    public RuleBrokenException(IReadOnlyList<FieldError> errors)
        : base(string.Join(" ", errors.Select(e => e.Message)))
        => Errors = errors;

    public IReadOnlyList<FieldError> Errors { get; }
}

/// <summary>What was asked for does not exist, or must look as if it did not. Answered as 404.</summary>
public sealed class NotFoundException(string message) : Exception(message);

/// <summary>The person may not do this. Answered as 403.</summary>
public sealed class NotAllowedException(string message) : Exception(message);

/// <summary>Somebody else changed it first; <see cref="Current"/> is the version that stands. Answered as 409.</summary>
public sealed class StaleException(string message, int current) : Exception(message)
{
    public int Current { get; } = current;
}
