using AbstractReview.Benchmarks.Reviewing;
using AbstractReview.Benchmarks.Typesetting;

switch (args.FirstOrDefault())
{
    case "typesetting":
        TypesettingBenchmark.Run(args[1..]);
        break;
    case "calibration":
        CalibrationBenchmark.Run();
        break;
    default:
        Console.WriteLine("benchmarks: typesetting [ABSTRACTS…] | calibration");
        break;
}
