using System.Runtime.InteropServices;

namespace AbstractReview.Web;

/// <summary>What the engine of the database and the shaper of text take beside the collector's heap.</summary>
internal static partial class NativeMemory
{
    // M_ARENA_MAX of glibc's malloc.h.
    private const int MostArenas = -8;

    /// <summary>
    /// Lets glibc keep two arenas instead of eight for each processor: threads come and go, and what was freed in one's arena nobody else uses.
    /// Elsewhere nothing is done. To be called before threads are many.
    /// </summary>
    public static void ShareArenas()
    {
        if (!OperatingSystem.IsLinux()) return;
        try
        {
            _ = SetOption(MostArenas, 2);
        }
        catch (Exception other) when (other is DllNotFoundException or EntryPointNotFoundException)
        {
            // Another C library, as on Alpine, has no arenas.
        }
    }

    [LibraryImport("libc", EntryPoint = "mallopt")]
    private static partial int SetOption(int option, int value);
}
