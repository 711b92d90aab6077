return await AbstractReview.Web.Cli.CommandLine.Run(args);
