using AbstractReview.App.Accounts;
using AbstractReview.App.Audit;
using AbstractReview.App.Book;
using AbstractReview.App.Call;
using AbstractReview.App.Decisions;
using AbstractReview.App.Jobs;
using AbstractReview.App.Letters;
using AbstractReview.App.Mailing;
using AbstractReview.App.Programme;
using AbstractReview.App.Reviewers;
using AbstractReview.App.Routing;
using AbstractReview.App.Reviews;
using AbstractReview.App.Storage;
using AbstractReview.App.Submissions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AbstractReview.App;

/// <summary>Everything of the application that a door needs. The door adds the dialect, the data folder, the clock and, if it has jobs, the alarm.</summary>
public static class AppServices
{
    public static IServiceCollection AddAbstractReview(this IServiceCollection services)
    {
        DapperTypes.Register();
        services.AddUseCases();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IAlarm, SilentAlarm>();
        services.AddSingleton(new RequestsInHand(TimeProvider.System));
        services.TryAddSingleton(new NodeName($"{Environment.MachineName}:{Environment.ProcessId}"));
        services.AddSingleton<ConferenceCache>();
        services.AddSingleton<KeptAnswers>();
        services.AddSingleton<Migrations>();
        services.TryAddSingleton<IFiles>(p => p.GetRequiredService<Dialect>() is SqlServerDialect dialect
            ? new DatabaseFiles(dialect)
            : new FolderFiles(p.GetRequiredService<DataFolder>()));
        services.TryAddSingleton(new MailSettings());
        services.TryAddSingleton(new SiteAddress(""));
        services.AddSingleton<IMailTransport>(p => p.GetRequiredService<MailSettings>() is { Host: not "" } settings
            ? new SmtpTransport(settings, TimeProvider.System)
            : new FolderTransport(p.GetRequiredService<DataFolder>()));
        services.AddScoped<Db>();
        services.AddScoped<NamelessFiles>();
        services.AddScoped<AuditLog>();
        services.AddScoped<Leaving.Erasing>();
        services.AddScoped<Outbox>();
        services.AddScoped<MailHistory>();
        services.AddScoped<BookReader>();
        services.AddScoped<NewestEdition>();
        services.AddScoped<LetterQueue>();
        services.AddScoped<LetterWriter>();
        services.AddScoped<LookStore>();
        services.AddScoped<LetterOrders>();
        services.AddScoped<ReviewersWithReviews>();
        services.AddSingleton<LetterFolder>();
        services.TryAddSingleton(_ => Typesetting.FontLibrary.FromSystem());
        services.AddScoped<JobQueue>();
        services.AddScoped<ConferenceReader>();
        services.AddScoped<ActorReader>();
        services.AddScoped<PersonStore>();
        services.AddScoped<SignInTries>();
        services.AddScoped<AccountLinks>();
        services.AddScoped<Relations>();
        services.AddScoped<SubmissionStore>();
        services.AddScoped<HandingIn>();
        services.AddScoped<BegunForms>();
        services.AddSingleton<SigningKeyCache>();
        services.AddScoped<SigningKeys>();
        services.AddScoped<ReceiptMaker>();
        services.AddScoped<FormRows>();
        services.AddScoped<CoAuthorLinks>();
        services.AddScoped<Participation>();
        services.AddScoped<AttachmentRows>();
        services.AddScoped<ReviewerStore>();
        services.AddScoped<ConflictFinder>();
        services.AddScoped<RoutingReader>();
        services.AddScoped<ProposalStore>();
        services.AddScoped<AssignmentWriter>();
        services.AddSingleton<RoutingTexts>();
        services.AddSingleton<AffinityCache>();
        services.AddScoped<ProgrammeStore>();
        services.AddScoped<DraftEditing>();
        services.AddScoped<AcceptedTalks>();
        services.AddScoped<AvailabilityRules>();
        services.AddScoped<Releases>();
        services.AddSingleton<ReleaseCache>();
        services.AddScoped<ReviewDesk>();
        services.AddScoped<ReviewRows>();
        services.AddScoped<Standings>();
        services.AddSingleton<LastSearch>();
        services.AddScoped<StandingsAnew>();
        services.AddScoped<ReviewKeeping>();
        services.AddScoped<Reminders>();
        services.AddScoped<DiscussionRows>();
        services.AddScoped<DecisionRows>();
        services.AddScoped<Judges>();
        services.AddScoped<IdentityReadings>();
        services.TryAddSingleton(_ => Typesetting.FontLibrary.FromSystem());
        services.AddScoped<ProgrammePdf>();
        foreach (var work in typeof(AppServices).Assembly.GetTypes().Where(t => !t.IsAbstract && typeof(ILongWork).IsAssignableFrom(t)))
            services.AddScoped(typeof(ILongWork), work);
        return services;
    }
}
