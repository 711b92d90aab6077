using AbstractReview.Benchmarks.Faults;
using AbstractReview.Benchmarks.Letters;
using AbstractReview.Benchmarks.Matching;
using AbstractReview.Benchmarks.Programme;
using AbstractReview.Benchmarks.Reviewing;
using AbstractReview.Benchmarks.Running;
using AbstractReview.Benchmarks.Submitting;
using AbstractReview.Benchmarks.Typesetting;

switch (args)
{
    case ["matching", .. var sizes]: AssignmentBenchmark.Run(sizes); break;
    case ["affinity", ..]: TextBenchmark.Run(); break;
    case ["expertise", .. var files]: ExpertiseBenchmark.Run(files); break;
    case ["typesetting", .. var sizes]: TypesettingBenchmark.Run(sizes); break;
    case ["calibration", .. var worlds]: CalibrationBenchmark.Run(worlds); break;
    case ["standings", .. var sizes]: await StandingsBenchmark.Run(sizes); break;
    case ["queue", .. var sizes]: await QueueBenchmark.Run(sizes); break;
    case ["programme", .. var sizes]: ProgrammeBenchmark.Run(sizes); break;
    case ["rush", .. var sizes]: await RushBenchmark.Run(sizes); break;
    case ["kill", .. var seconds]: await KillBenchmark.Run(seconds); break;
    case ["faults", .. var names]: await FaultBenchmark.Run(names); break;
    case ["load", .. var seconds]: await LoadBenchmark.Run(seconds); break;
    case ["start", .. var times]: await StartBenchmark.Run(times); break;
    case ["letters", .. var sizes]: await LettersBenchmark.Run(sizes); break;
    case ["mail-torture", .. var sizes]: await LettersBenchmark.Torture(sizes); break;
    default: Console.WriteLine("Say which: matching [SUBMISSIONSxREVIEWERS …], affinity, expertise [EXPERTISE SUBMISSIONS GOLD], typesetting [ABSTRACTS …], calibration [WORLDS], standings [REVIEWS …], queue [SUBMISSIONSxREVIEWERS …], programme [TALKS …], rush [SUBMISSIONS], kill [SECONDS], faults [NAME …], load [SECONDS], start [TIMES], letters [LETTERS], mail-torture [serve] [LETTERS]."); break;
}
