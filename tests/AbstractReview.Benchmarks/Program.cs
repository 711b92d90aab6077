using AbstractReview.Benchmarks.Matching;

switch (args)
{
    case ["matching", .. var sizes]: AssignmentBenchmark.Run(sizes); break;
    case ["affinity", ..]: TextBenchmark.Run(); break;
    default: Console.WriteLine("verbs: matching [SUBMISSIONSxREVIEWERS …], affinity"); break;
}
