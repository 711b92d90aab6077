using AbstractReview.Benchmarks.Matching;
using AbstractReview.Benchmarks.Reviewing;
using AbstractReview.Benchmarks.Typesetting;

switch (args)
{
    case ["matching", .. var sizes]: AssignmentBenchmark.Run(sizes); break;
    case ["affinity", ..]: TextBenchmark.Run(); break;
    case ["typesetting", .. var sizes]: TypesettingBenchmark.Run(sizes); break;
    default: Console.WriteLine("Say which: matching [SUBMISSIONSxREVIEWERS …], affinity, typesetting [ABSTRACTS …]."); break;
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
