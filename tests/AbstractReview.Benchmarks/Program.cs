using AbstractReview.Benchmarks.Typesetting;

switch (args.FirstOrDefault())
{
    case "typesetting":
        TypesettingBenchmark.Run(args[1..]);
        break;
    default:
        Console.WriteLine("benchmarks: typesetting [ABSTRACTS…]");
        break;
}
