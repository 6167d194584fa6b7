using Flasky.Jobs.Workflows;

namespace Flasky.Tests.Jobs.Workflows;

public sealed class WorkflowShapeTests
{
    [Theory]
    [InlineData("stop[ q:a ]")]
    [InlineData("continue{ q:a*3 q:b q:a hold[ ] stop{ r:c@2*10000 } r:c@2 }")]
    [InlineData("stop[ stop[ q:a ] stop{ stop[ q:a*2 ] stop[ q:a*2 ] } q:a ]")]
    public void SurvivesItsText(string text) => Assert.Equal(text, WorkflowShape.Parse(text).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("q:a")]
    [InlineData("]")]
    [InlineData("stop[ q:a ] stop[ q:a ]")]
    [InlineData("stop[")]
    [InlineData("panic[ q:a ]")]
    [InlineData("stop[ a ]")]
    public void RefusesWhatItDidNotWrite(string text) => Assert.Throws<FormatException>(() => WorkflowShape.Parse(text));

    [Theory]
    // 0[ 1a 2{ 3[ 4b 5c ] 6d 7{ } } 8e ]
    [InlineData(1, "")]
    [InlineData(4, "1")]
    [InlineData(5, "4")]
    [InlineData(6, "1")]
    [InlineData(8, "5 6")]
    public void AJobReadsWhatTheStepBeforeEndsWith(int node, string inputs)
    {
        var shape = WorkflowShape.Parse("stop[ q:a stop{ stop[ q:b q:c ] q:d stop{ } } q:e ]");
        Assert.Equal(inputs, string.Join(' ', shape.InputsOf(shape[node]).Select(input => input.Number)));
    }
}
