using Flasky.Data.Users;

namespace Flasky.Tests.Data;

public sealed class GuessablePasswordTests
{
    [Theory]
    [InlineData("password12")]
    [InlineData("Password123!")]
    [InlineData("p@$$w0rd2024")]
    [InlineData("1234567890")]
    [InlineData("12345678901234")]
    [InlineData("0987654321")]
    [InlineData("qwertyuiop")]
    [InlineData("poiuytrewq")]
    [InlineData("1q2w3e4r5t")]
    [InlineData("1qaz2wsx3edc")]
    [InlineData("abcdefghijkl")]
    [InlineData("asdfghjkl123")]
    [InlineData("abcabcabcabc")]
    [InlineData("iloveyou2020")]
    [InlineData("iloveyou<3<3")]
    [InlineData("football99!")]
    [InlineData("michael1985")]
    [InlineData("14.02.1990jessica")]
    [InlineData("Summer2024!")]
    [InlineData("superman_batman")]
    [InlineData("welcomeback", false)]
    [InlineData("5unsh1ne2000")]
    [InlineData("dr4g0ndr4g0n")]
    [InlineData("flaskypassword")]
    [InlineData("correct horse battery", false)]
    [InlineData("seven purple staples", false)]
    [InlineData("a long password", false)]
    [InlineData("xkq7-mmvd-t3hz", false)]
    [InlineData("83619427405826", false)]
    [InlineData("jelly ocean 4 tractors", false)]
    [InlineData("ünïcödé wörds hére", false)]
    public void FirstGuessesAreKnown(string password, bool common = true) => Assert.Equal(common, GuessablePassword.IsCommon(password));

    [Theory]
    [InlineData("susan.miller1", "susan.miller", true)]
    [InlineData("1SUSAN.MILLER!", "susan.miller", true)]
    [InlineData("susan.miller likes turtles", "susan.miller", false)]
    [InlineData("an apple for joe", "joe", false)]
    public void OwnNameIsNoSecret(string password, string known, bool mostly) => Assert.Equal(mostly, GuessablePassword.IsMostly(password, known));
}
